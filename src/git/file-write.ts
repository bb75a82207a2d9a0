import { CheckError } from '../errors.ts';
import { displayPath, encodePath } from './path-bytes.ts';

/** One file to be written or deleted; `path` is relative to the git root. */
export type FileWrite =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly bytes: Buffer;
      /** Without it a file keeps the mode that it has, and a new one is `100644`. */
      readonly mode?: '100644' | '100755' | undefined;
    }
  | { readonly kind: 'delete'; readonly path: string };

/**
 * Makes sure that no write leads out of the work tree or into git's folder, and that no two are about the same file.
 *
 * @throws CheckError `invalid-path`, `path-conflict`
 */
export function checkWrites(writes: readonly FileWrite[]): void {
  const seen = new Set<string>();
  for (const { path } of writes) {
    encodePath(path);
    const segments = path.split('/');
    const leadsAway = segments.some((segment) => ['', '.', '..'].includes(segment) || isGitFolder(segment));
    if (leadsAway || path.includes('\0')) {
      throw new CheckError('invalid-path', `dbcheck does not write to ${displayPath(path)}`, {
        place: { path },
        hint: 'outputs lie in the work tree, outside of .git: correct the path in the configuration',
      });
    }
    if (seen.has(path)) throw conflict(path, 'is to be written twice');
    seen.add(path);
  }
  const written = new Set(writes.flatMap((write) => (write.kind === 'write' ? [write.path] : [])));
  for (const path of written) {
    const folder = parentFolders(path).find((parent) => written.has(parent));
    if (folder !== undefined) throw conflict(folder, 'is to be both a file and a folder');
  }
}

/** The folders that a path lies in, the outermost first, without the root. */
export function parentFolders(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** What stands in the way of a write. */
export function conflict(path: string, claim: string): CheckError {
  return new CheckError('path-conflict', `${displayPath(path)} ${claim}`, {
    place: { path },
    hint: 'move what is in the way, or give the output another path in the configuration',
  });
}

/** Why dbcheck won't write where a symbolic link stands. */
export function symlinkedOutput(path: string, link: string): CheckError {
  const through = link === path ? 'is' : `lies beyond ${displayPath(link)}, which is`;
  return new CheckError(
    'symlinked-output',
    `${displayPath(path)} ${through} a symbolic link, and dbcheck does not write through one`,
    { place: { path: link }, hint: `replace it by a real file or folder: rm ${displayPath(link)}` },
  );
}

/** Also on a disk that ignores case, where `.GIT` is the same folder. */
function isGitFolder(segment: string): boolean {
  return segment.toLowerCase() === '.git';
}
