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
  const unique = [...new Map(watched.map((item) => [pathspec(item), item])).values()];
  return unique
    .filter((item) => !unique.some((other) => other !== item && covers(other, item)))
    .map(pathspec)
    .toSorted(comparePaths);
}

/** Whether every file of one is certainly a file of the other. */
export function covers(outer: Watched, inner: Watched): boolean {
  if (outer.kind === 'glob') return inner.kind === 'glob' && inner.pattern === outer.pattern;
  const path = inner.kind === 'tree' ? inner.path : literalFolder(inner.pattern);
  return outer.path === '' || path === outer.path || path.startsWith(`${outer.path}/`);
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
