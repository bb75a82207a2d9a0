import { splitRecords } from './listing.ts';
import { decodePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';

/** Entries of the index where git does not look at the disk. */
export interface IndexFlags {
  /** Kept off the disk: those outside of a sparse checkout. */
  readonly skipWorktree: ReadonlySet<string>;
  /** On the disk, but never compared with it. */
  readonly assumeUnchanged: ReadonlySet<string>;
}

/** Reads the flags that `git update-index --skip-worktree` and `--assume-unchanged` set. */
export async function readIndexFlags(repo: Repository): Promise<IndexFlags> {
  const { stdout } = await repo.git(['ls-files', '-v', '-z']);
  const skipWorktree = new Set<string>();
  const assumeUnchanged = new Set<string>();
  for (const record of splitRecords(stdout)) {
    const tag = record.toString('latin1', 0, 1);
    // S is skip-worktree; any small letter is assume-unchanged, and both can be set.
    if (tag.toUpperCase() === 'S') skipWorktree.add(decodePath(record.subarray(2)));
    else if (tag !== tag.toUpperCase()) assumeUnchanged.add(decodePath(record.subarray(2)));
  }
  return { skipWorktree, assumeUnchanged };
}
