import { stat } from 'node:fs/promises';
import { readIndexRecords } from './index-listing.ts';
import type { Repository } from './repository.ts';

/** The index and HEAD at one moment. */
export interface IndexState {
  /** The index, as {@link readIndexRecords} reads it. */
  readonly records: Buffer;
  /** HEAD in hex, and its tree. */
  readonly commit: string;
  readonly tree: string;
  /** When the index was last written and HEAD last moved, before both were read; null where files don't tell. */
  readonly writtenAt: string | null;
}

/** Reads both side by side. @returns null before the first commit */
export async function readIndexState(repo: Repository): Promise<IndexState | null> {
  const writtenAt = await writeTime(repo);
  const [records, head] = await Promise.all([
    readIndexRecords(repo),
    repo.git(['rev-parse', 'HEAD^{commit}', 'HEAD^{tree}'], { allowFailure: true }),
  ]);
  const [commit, tree] = head.stdout.toString().split('\n');
  if (head.exitCode !== 0 || commit === undefined || tree === undefined) return null;
  return { records, commit, tree, writtenAt };
}

/**
 * Whether files show that the index was not written and HEAD not moved since. Git locks neither while a hook runs.
 *
 * @returns false also where files don't tell: then both have to be read again
 */
export async function isUnwritten(repo: Repository, { writtenAt }: IndexState): Promise<boolean> {
  return writtenAt !== null && (await writeTime(repo)) === writtenAt;
}

/** Git puts a new file in the place of an index, and appends to the log of HEAD whatever moves it, where there is one. */
async function writeTime({ indexFile, gitDir }: Repository): Promise<string | null> {
  const found = await Promise.all(
    [indexFile, `${gitDir}/logs/HEAD`].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  const times = found.flatMap((file) =>
    file === null ? [] : [[file.ino, file.size, file.mtimeNs, file.ctimeNs].join(' ')],
  );
  return times.length < found.length ? null : times.join('\n');
}
