import { lstat, readFile } from 'node:fs/promises';
import { holdingKnownLines } from './conflict-on-disk.ts';
import { diskEqualsIndex, type ReadIndex } from './disk-equals-index.ts';
import type { FileWrite } from './file-write.ts';
import type { Repository } from './repository.ts';
import { diskPath, hasCode } from './write-target.ts';

/** What is known of the disk beside an index that is about to be written. */
export interface DiskBeside {
  /**
   * Those paths of the writes where the disk may follow the index, since nothing is lost: nobody has an edit there that is
   * not staged, or the disk has what is to be written already (a run before this one was killed), or it shows a conflict as
   * the merge left it.
   */
  readonly following: ReadonlySet<string>;
  /** Those of the other paths that are on disk as in the index. */
  readonly equal: ReadonlySet<string>;
}

/** Looks at the disk for some writes to the index, and for other paths on the way. */
export async function diskBeside(
  repo: Repository,
  read: ReadIndex,
  writes: readonly FileWrite[],
  others: readonly string[],
): Promise<DiskBeside> {
  const paths = writes.map(({ path }) => path);
  const { conflicts } = read.index;
  const [equal, left, written] = await Promise.all([
    diskEqualsIndex(repo, [...paths, ...others], read),
    holdingKnownLines(
      repo,
      paths.flatMap((path) => conflicts.get(path) ?? []),
    ),
    alreadyWritten(repo, writes),
  ]);
  const following = [...paths.filter((path) => equal.has(path)), ...left, ...written];
  return { following: new Set(following), equal };
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
