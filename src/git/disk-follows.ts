import { lstat, readFile } from 'node:fs/promises';
import { holdingKnownLines } from './conflict-on-disk.ts';
import { diskEqualsIndex } from './disk-equals-index.ts';
import type { FileWrite } from './file-write.ts';
import { listIndexWithConflicts } from './index-listing.ts';
import type { Repository } from './repository.ts';
import { diskPath, hasCode } from './write-target.ts';

/**
 * Those paths of some writes to the index where the disk may follow it, since nothing is lost: nobody has an edit there
 * that is not staged, or the disk has what is to be written already (a run before this one was killed), or it shows a
 * conflict as the merge left it.
 */
export async function diskMayFollow(
  repo: Repository,
  writes: readonly FileWrite[],
): Promise<ReadonlySet<string>> {
  const paths = writes.map(({ path }) => path);
  const { conflicts } = await listIndexWithConflicts(repo);
  const [equal, left, written] = await Promise.all([
    diskEqualsIndex(repo, paths),
    holdingKnownLines(
      repo,
      paths.flatMap((path) => conflicts.get(path) ?? []),
    ),
    alreadyWritten(repo, writes),
  ]);
  return new Set([...equal, ...left, ...written]);
}

async function alreadyWritten(repo: Repository, writes: readonly FileWrite[]): Promise<readonly string[]> {
  const found = await Promise.all(
    writes.map(async (write) => {
      const bytes = await readOrNothing(repo, write.path);
      const isWritten =
        write.kind === 'delete' ? bytes === undefined : Buffer.isBuffer(bytes) && write.bytes.equals(bytes);
      return isWritten ? [write.path] : [];
    }),
  );
  return found.flat();
}

/** Undefined where nothing is there, null for what is no readable file. */
async function readOrNothing(repo: Repository, path: string): Promise<Buffer | undefined | null> {
  const place = diskPath(repo, path);
  try {
    return (await lstat(place)).isFile() ? await readFile(place) : null;
  } catch (error) {
    return hasCode(error, 'ENOENT', 'ENOTDIR') ? undefined : null;
  }
}
