import { comparePaths } from '../git/path-bytes.ts';

export interface SqlcInputs {
  /** In sqlc's order: by pattern, then by name; a file that two patterns name is there twice, as sqlc reads it twice. */
  readonly files: readonly string[];
  /** The patterns that gave no file. */
  readonly unmatched: readonly string[];
}

/**
 * The files that sqlc reads for its `schema` or `queries`, by its own rules: a pattern with one of `*?[]` goes through
 * `filepath.Glob`, a folder gives the files right in it, and of all that only `*.sql` counts, without hidden files and
 * `*.down.sql`.
 *
 * @param patterns relative to the git root
 * @param listing the paths of all files, relative to the git root. A symbolic link to a
 * folder is a file here, and so gives none of the files behind it.
 * @throws nothing: a malformed pattern matches nothing
 */
export function resolveSqlcInputs(patterns: readonly string[], listing: readonly string[]): SqlcInputs {
  return sqlcInputResolver(listing)(patterns);
}

/** `resolveSqlcInputs` for many patterns over one listing, which is looked through once. */
export function sqlcInputResolver(listing: readonly string[]): (patterns: readonly string[]) => SqlcInputs {
  const index = listingIndex(listing);
  return (patterns) => {
    const [files, unmatched]: [string[], string[]] = [[], []];
    for (const pattern of patterns) {
      const found = filesOf(pattern, index).filter(isSqlFile);
      for (const file of found) files.push(file);
      if (found.length === 0) unmatched.push(pattern);
    }
    return { files, unmatched };
  };
}

interface ListingIndex {
  readonly paths: ReadonlySet<string>;
  /** The files right in each folder. */
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
  /** The files anywhere below a folder; all where it is ''. */
  below(folder: string): readonly string[];
}

function listingIndex(listing: readonly string[]): ListingIndex {
  const byFolder = new Map<string, string[]>();
  for (const path of listing) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, [path]);
    else known.push(path);
  }
  let all: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    ...{ paths: new Set(listing), byFolder },
    below(folder) {
      if (folder === '') return listing;
      all ??= filesBelow(listing);
      return all.get(folder) ?? [];
    },
  };
}

function filesBelow(listing: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const path of listing) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      const known = below.get(folder);
      if (known === undefined) below.set(folder, [path]);
      else known.push(path);
    }
  }
  return below;
}

/** The folders that a pattern of `filepath.Glob` begins with, as far as each stands for itself. */
function literalFolder(pattern: string): string {
  const segments = pattern.split('/');
  const wild = segments.findIndex((segment) => /[*?[\]\\]/.test(segment));
  return segments.slice(0, wild).join('/');
}

function filesOf(pattern: string, index: ListingIndex): readonly string[] {
  if (!/[*?[\]]/.test(pattern)) {
    return index.paths.has(pattern) ? [pattern] : filesIn(pattern, index);
  }
  const matcher = globMatcher(pattern);
  if (matcher === null) {
    return [];
  }
  const depth = pattern.split('/').length;
  const reached = new Map<string, 'file' | 'folder'>();
  for (const path of index.below(literalFolder(pattern))) {
    const segments = path.split('/');
    if (segments.length >= depth) {
      const head = segments.slice(0, depth).join('/');
      if (!reached.has(head) && matcher.test(head)) {
        reached.set(head, segments.length === depth ? 'file' : 'folder');
      }
    }
  }
  return [...reached]
    .toSorted(([a], [b]) => compareSegments(a, b))
    .flatMap(([path, kind]) => (kind === 'file' ? [path] : filesIn(path, index)));
}

function filesIn(folder: string, { byFolder }: ListingIndex): readonly string[] {
  return (byFolder.get(folder) ?? []).toSorted(comparePaths);
}

function isSqlFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.sql') && !name.startsWith('.') && !name.endsWith('.down.sql');
}

/** `filepath.Glob` sorts folder by folder, which differs from the order of whole paths: `a/x` comes before `a-b/x`. */
function compareSegments(left: string, right: string): number {
  const rights = right.split('/');
  const orders = left.split('/').map((segment, index) => comparePaths(segment, rights[index] ?? ''));
  return orders.find((order) => order !== 0) ?? 0;
}

/**
 * Go's `filepath.Match`, which is smaller than what a glob library knows: `*`, `?`, `[a-z]`, `[^a]` and `\` alone,
 * none of them reaching over a `/`; braces, `**`, `!` and parentheses mean nothing, and a leading dot is nothing special.
 * One difference: Go lets a `*` end within the bytes of a character.
 *
 * @returns null for a pattern that Go calls malformed
 */
function globMatcher(pattern: string): RegExp | null {
  let source = '';
  let rest = pattern;
  while (rest !== '') {
    const part =
      /^(?:\*+|\?|\[(?:(\^)|(?!\^))((?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+)\]|\\(.)|([^[\\]))/su.exec(
        rest,
      );
    if (part === null) {
      return null;
    }
    const [text, negated, members, escaped, plain] = part;
    if (members !== undefined) {
      const ranges = classRanges(members);
      source += `(?!/)[${negated ?? ''}${ranges}]`;
    } else if (text.startsWith('*')) {
      source += '[^/]*';
    } else {
      source += text === '?' ? '[^/]' : literal(escaped ?? plain ?? '');
    }
    rest = rest.slice(text.length);
  }
  return new RegExp(`^${source}$`, 'su');
}

function classRanges(members: string): string {
  return [...members.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)]
    .map(([, from, to]) => {
      const low = (from ?? '').replace(/^\\/, '') || '\\';
      const high = to === undefined ? low : to.replace(/^\\/, '') || '\\';
      return { low: low.codePointAt(0) ?? 0, high: high.codePointAt(0) ?? 0 };
    })
    .filter(({ low, high }) => low <= high)
    .map(({ low, high }) => `\\u{${low.toString(16)}}-\\u{${high.toString(16)}}`)
    .join('');
}

function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
