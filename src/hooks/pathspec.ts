import { comparePaths } from '../git/path-bytes.ts';

/** Files that a guard watches: a file or a whole folder, or whatever a pattern of `:(glob)` reaches. */
export type Watched =
  | { readonly kind: 'tree'; readonly path: string }
  | { readonly kind: 'glob'; readonly pattern: string };

/** What is special in a pathspec without magic, and in a pattern of `:(glob)`. */
const WILDCARD = /[*?[\\]/;

/** A file or a folder with all that is in it; '' is the whole repository. */
export function tree(path: string): Watched {
  return { kind: 'tree', path };
}

/** A pattern for git: `*` and `?` stay within a folder's name, `**` crosses folders. Without a wildcard it is a tree. */
export function glob(pattern: string): Watched {
  return WILDCARD.test(pattern) ? { kind: 'glob', pattern } : tree(pattern);
}

/** A path as a part of a pattern that stands for itself. */
export function escapeGlob(path: string): string {
  return path.replaceAll(/[*?[\\]/g, '\\$&');
}

/** The fewest pathspecs that watch the same files, in a fixed order: a folder makes what lies in it superfluous. */
export function pathspecs(watched: readonly Watched[]): readonly string[] {
  const unique = new Map(watched.map((item) => [pathspec(item), item]));
  const trees = treesOf(watched);
  return [...unique]
    .filter(([, item]) =>
      item.kind === 'tree' && item.path === '' ? true : !foldersAround(item).some((path) => trees.has(path)),
    )
    .map(([text]) => text)
    .toSorted(comparePaths);
}

/**
 * Makes a test of whether every file that an item watches is certainly among those that the given ones watch. Each is
 * looked up, so that many can be held against many.
 */
export function coverage(outer: readonly Watched[]): (inner: Watched) => boolean {
  const trees = treesOf(outer);
  const patterns = new Set(outer.flatMap((item) => (item.kind === 'glob' ? [item.pattern] : [])));
  return (inner) =>
    (inner.kind === 'tree' ? trees.has(inner.path) : patterns.has(inner.pattern)) ||
    foldersAround(inner).some((path) => trees.has(path));
}

function treesOf(watched: readonly Watched[]): ReadonlySet<string> {
  return new Set(watched.flatMap((item) => (item.kind === 'tree' ? [item.path] : [])));
}

/** The folders that everything lies in which an item watches, the root first. */
function foldersAround(item: Watched): readonly string[] {
  const path = item.kind === 'tree' ? item.path : `${literalFolder(item.pattern)}/`;
  return ['', ...[...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))];
}

/** The pathspec relative to the git root that git understands as meant, whatever characters are in it. */
function pathspec(item: Watched): string {
  if (item.kind === 'glob') return `:(glob)${item.pattern}`;
  if (item.path === '') return '.';
  return WILDCARD.test(item.path) || item.path.startsWith(':') ? `:(literal)${item.path}` : item.path;
}

/** The inverse of what `pathspecs` writes. */
export function readPathspec(text: string): Watched {
  if (text === '.') return tree('');
  if (text.startsWith(':(glob)')) return { kind: 'glob', pattern: text.slice(':(glob)'.length) };
  return tree(text.startsWith(':(literal)') ? text.slice(':(literal)'.length) : text);
}

/** The longest folder of a pattern without a wildcard, '' for the root. */
export function literalFolder(pattern: string): string {
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => WILDCARD.test(segment));
  return segments.slice(0, first === -1 ? segments.length - 1 : first).join('/');
}
