import { type IndexListing, listIndexWithConflicts } from './index-listing.ts';
import type { Repository } from './repository.ts';
import { type Disk, readDisk } from './worktree.ts';

/** What git tells of a work tree before a file of it is read. */
export interface WorktreeListing {
  /** With what is in conflict. */
  readonly index: IndexListing;
  readonly disk: Disk;
}

export async function listWorktree(repo: Repository): Promise<WorktreeListing> {
  const [index, disk] = await Promise.all([listIndexWithConflicts(repo), readDisk(repo)]);
  return { index, disk };
}
