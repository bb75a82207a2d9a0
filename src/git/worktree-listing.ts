import { type IndexListing, listIndexWithConflicts } from './index-listing.ts';
import type { Repository } from './repository.ts';
import { headIdentity } from './snapshot.ts';
import { type Disk, readDisk } from './worktree.ts';

/** What git tells of a work tree before a file of it is read. */
export interface WorktreeListing {
  /** With what is in conflict. */
  readonly index: IndexListing;
  /** The commit that is checked out, as far as there is a commit at all. */
  readonly head: string;
  readonly disk: Disk;
}

export async function listWorktree(repo: Repository): Promise<WorktreeListing> {
  const [index, head, disk] = await Promise.all([
    listIndexWithConflicts(repo),
    headIdentity(repo),
    readDisk(repo),
  ]);
  return { index, head, disk };
}
