import { lstat } from 'node:fs/promises';
import { quotePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { diskPath, hasCode } from './write-target.ts';

/**
 * The names in hex that git gives to what stands on the disk right now, whatever the index says of it: those of a file's
 * bytes as git would store them, and as they are. Paths without a regular file are left out. Stores nothing.
 */
export async function diskBlobs(
  repo: Repository,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const present: string[] = [];
  for (const path of new Set(paths)) if (await isFile(repo, path)) present.push(path);
  if (present.length === 0) return new Map();
  const input = present.map((path) => `${quotePath(path)}\n`).join('');
  const [stored, plain] = await Promise.all(
    // Filters guess less of line ends than they do when they know the index; its exact bytes are known without them.
    [[], ['--no-filters']].map(async (filters) => {
      const { stdout } = await repo.git(['hash-object', ...filters, '--stdin-paths'], { input });
      return stdout.toString('latin1').split('\n');
    }),
  );
  return new Map(
    present.map((path, at) => [
      path,
      new Set([stored?.[at], plain?.[at]].filter((oid) => oid !== undefined)),
    ]),
  );
}

async function isFile(repo: Repository, path: string): Promise<boolean> {
  try {
    return (await lstat(diskPath(repo, path))).isFile();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
