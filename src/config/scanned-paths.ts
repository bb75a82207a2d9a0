import { globMatcher, literalFolderOf } from './glob.ts';

/** A file of a snapshot, as far as a scan needs it. */
export interface ListedFile {
  /** Relative to the git root. */
  readonly path: string;
  /** Git's mode, such as `100644`; `160000` is a submodule. */
  readonly mode: string;
}

/** What a pattern reaches, and what it would reach in folders that a scan leaves out. */
export interface ScanResult {
  readonly paths: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

interface LeftOut {
  readonly path: string;
  /** Why, as the end of a sentence that begins with the path. */
  readonly reason: string;
  /** The mode of what is no file, in a folder that is looked at. */
  readonly noFile: string | null;
}

/** Folders of other people's files. */
export const FOREIGN_FOLDERS: ReadonlySet<string> = new Set(['vendor', 'node_modules', 'testdata']);

/**
 * Makes a test of whether a scan without a pattern looks at a path: not in `vendor/`, `node_modules/` and `testdata/`,
 * not in a Go module below the project, and not a submodule.
 *
 * @param listing all files of the snapshot
 * @param projectDir relative to the git root, '' for the root
 */
export function isScanned(listing: readonly ListedFile[], projectDir: string): (path: string) => boolean {
  const reasonFor = leftOutReason(listing, projectDir);
  return (path) => reasonFor(path, '') === null;
}

/**
 * Makes a function from a glob relative to the git root to the files that it reaches, in the order of the listing. A
 * folder that a scan leaves out is looked at where the pattern names it: `vendor` and its like anywhere in the
 * pattern, a Go module within the part before the first wildcard. Submodules and symbolic links are never reached.
 *
 * @param listing all files of the snapshot
 * @param projectDir relative to the git root, '' for the root
 */
export function globScan(
  listing: readonly ListedFile[],
  projectDir: string,
): (pattern: string) => ScanResult {
  const reasonFor = leftOutReason(listing, projectDir);
  return (pattern) => {
    const matches = globMatcher(pattern);
    const judged = listing
      .filter(({ path }) => matches(path))
      .map(({ path, mode }) => {
        const [own, folders] = [modeReason(mode), reasonFor(path, pattern)];
        const isLookedAt = folders === null || folders === own;
        return { path, reason: own ?? folders, noFile: own !== null && isLookedAt ? mode : null };
      });
    return {
      paths: judged.flatMap(({ path, reason }) => (reason === null ? [path] : [])),
      leftOut: judged.flatMap(({ path, reason, noFile }) =>
        reason === null ? [] : [{ path, reason, noFile }],
      ),
    };
  };
}

function modeReason(mode: string): string | null {
  switch (mode) {
    case '160000':
      return 'is a submodule';
    case '120000':
      return 'is a symbolic link';
    default:
      return null;
  }
}

function leftOutReason(
  listing: readonly ListedFile[],
  projectDir: string,
): (path: string, pattern: string) => string | null {
  const below = projectDir === '' ? '' : `${projectDir}/`;
  const modules = new Set(
    listing.flatMap(({ path }) =>
      path.endsWith('/go.mod') && path.startsWith(below) && path.slice(below.length).includes('/')
        ? [path.slice(0, -'/go.mod'.length)]
        : [],
    ),
  );
  const submodules = new Set(listing.flatMap(({ path, mode }) => (mode === '160000' ? [path] : [])));
  return (path, pattern) => {
    const named = new Set(pattern.split('/'));
    const start = `${literalFolderOf(pattern)}/`;
    for (const folder of foldersOf(path)) {
      const name = folder.slice(folder.lastIndexOf('/') + 1);
      if (FOREIGN_FOLDERS.has(name) && !named.has(name)) {
        return `lies in \`${folder}/\``;
      }
      if (modules.has(folder) && !start.startsWith(`${folder}/`)) {
        return `lies in the nested Go module \`${folder}/\``;
      }
    }
    return submodules.has(path) ? 'is a submodule' : null;
  };
}

/** The folders around a path, outermost first. */
function foldersOf(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}
