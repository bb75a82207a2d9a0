import { readFile } from 'node:fs/promises';
import { CheckError } from '../errors.ts';
import { displayPath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { diskPath, hasCode } from './write-target.ts';

/** The bytes of those paths that are on the disk, as they are there; a sparse checkout keeps others of the index off it. */
export async function readDiskFiles(
  repo: Repository,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const files = await Promise.all(
    paths.map(async (path) => {
      try {
        return [[path, await readFile(diskPath(repo, path))] as const];
      } catch (error) {
        if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
        throw error;
      }
    }),
  );
  return new Map(files.flat());
}

/**
 * Sees to it that nothing is written over edits that were made since files were read.
 *
 * @throws CheckError `worktree-changed` if one of the paths is on the disk otherwise than it was read, or not at all
 */
export async function requireAsRead(
  repo: Repository,
  paths: readonly string[],
  read: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const files = await readDiskFiles(repo, paths);
  for (const path of paths) {
    const [then, now] = [read.get(path), files.get(path)];
    if (then !== undefined && now?.equals(then) === true) continue;
    throw new CheckError(
      'worktree-changed',
      `${displayPath(path)} changed while dbcheck was about to write it; nothing was written`,
      { place: { path }, hint: 'run the same command again' },
    );
  }
}
