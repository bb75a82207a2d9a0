import { existsSync } from 'node:fs';
import { CheckError } from '../errors.ts';
import type { IndexListing } from './index-listing.ts';
import { displayPath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { diskPath } from './write-target.ts';

/**
 * Makes sure that nothing is staged at a place where people have a file that git does not know, while lint-staged is at
 * work: where one of its tasks fails, it resets to HEAD and deletes what was staged anew, and its backup holds no file
 * that was untracked.
 *
 * @param index as it was before anything is staged
 * @param left the paths whose file on disk is not to follow the index, since it has bytes of its own
 * @throws CheckError `untracked-output`
 */
export async function requireSafeUntracked(
  repo: Repository,
  { entries, conflicts }: Pick<IndexListing, 'entries' | 'conflicts'>,
  left: readonly string[],
): Promise<void> {
  if (left.length === 0 || !(await hasLintStagedBackup(repo))) return;
  const path = left.find(
    (one) => !entries.has(one) && !conflicts.has(one) && existsSync(diskPath(repo, one)),
  );
  if (path === undefined) return;
  throw new CheckError(
    'untracked-output',
    `${displayPath(path)} is a file of yours that git does not know, and lint-staged, whose backup is in git stash list, would delete it if a task fails once that path is staged`,
    {
      place: { path },
      hint: 'dbcheck fix --stage is no task for lint-staged: run it by hand, and commit again',
    },
  );
}

/** It makes one before its tasks, which is all that tells that it runs: it sets no variable. */
async function hasLintStagedBackup(repo: Repository): Promise<boolean> {
  const { stdout } = await repo.git([
    ...['stash', 'list', '--max-count=1', '--format=%gd'],
    // With the options to hide files it is pushed, and git puts the branch before the message.
    '--grep-reflog=^\\(On [^:]*: \\)\\?lint-staged automatic backup$',
  ]);
  return stdout.length > 0;
}
