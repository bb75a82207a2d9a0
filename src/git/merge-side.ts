import type { Repository } from './repository.ts';
import { findCommit, readCommit, type Snapshot } from './snapshot.ts';

/** What git calls the side that is not HEAD, by what it is in the middle of; a revert takes its commit's parent's side. */
const OTHER_SIDES = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD^', 'REBASE_HEAD'] as const;

/** The commit that is being merged into HEAD; null where git keeps no name of it, as when a stash is taken back. */
export async function readOtherSide(repo: Repository): Promise<Snapshot | null> {
  for (const name of OTHER_SIDES) {
    const commit = await findCommit(repo, name);
    if (commit !== undefined) return readCommit(repo, commit);
  }
  return null;
}
