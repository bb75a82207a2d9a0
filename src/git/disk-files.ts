import { readFile } from 'node:fs/promises';
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
