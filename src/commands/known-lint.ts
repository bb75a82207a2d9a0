import { keyOf } from '../cache/digest.ts';
import { cacheFolder } from '../cache/store.ts';
import { listWorktree, type WorktreeListing } from '../git/worktree-listing.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, keepFound, recallFound } from './foundations.ts';
import { givenPath } from './given-path.ts';
import { type IdentifiedRepository, identifiedRepository } from './identified-repository.ts';
import type { CommonOptions } from './options.ts';
import { unlessBroken } from './unless-broken.ts';

/** A work tree that is to be linted. */
export interface LintTree extends IdentifiedRepository {
  readonly listing: WorktreeListing;
  /** Of what is found in it; null where that is not to be kept. */
  readonly key: string | null;
}

/** What was found in the sources of a work tree. */
export interface KnownLint {
  readonly judgement: Judgement;
  /** How many files were read. */
  readonly files: number;
}

/**
 * Lists the work tree, with the key of what is found in it where it is as it is staged: dbcheck itself, the call, the
 * index and HEAD. What differs on disk is named by no object of git's, and what is in conflict is answered by an error.
 *
 * @param files as they are given
 * @returns null where it can't be told; whoever lints then says what is wrong, if anything
 */
export function lintTree(options: CommonOptions, files: readonly string[]): Promise<LintTree | null> {
  return unlessBroken(listed(options, files), null);
}

async function listed(options: CommonOptions, files: readonly string[]): Promise<LintTree | null> {
  const opened = await identifiedRepository(options);
  if (opened === null) return null;
  // Where links lead outside of the work tree, no object of git's tells.
  const [listing, named] = await Promise.all([
    listWorktree(opened.repo),
    Promise.all(files.map((file) => givenPath(opened.repo, options.cwd, file))),
  ]);
  return { ...opened, listing, key: isAsStaged(listing) ? keyOfTree(opened, listing, options, named) : null };
}

/** Takes what was found from an earlier run where all that it rests on is still the same. */
export async function recallLint({ repo, key }: LintTree, env: NodeJS.ProcessEnv): Promise<KnownLint | null> {
  return key === null ? null : recallFound<KnownLint>(cacheFolder(repo.commonDir), key, env);
}

/**
 * Keeps what was found. All that was read of the tree are objects of git's that the key names, whatever has happened to
 * the disk since.
 */
export async function keepLint(
  { repo, key }: LintTree,
  known: KnownLint,
  foundations: Foundations,
): Promise<void> {
  if (key !== null) await keepFound(cacheFolder(repo.commonDir), key, known, foundations);
}

function isAsStaged({ index, disk }: WorktreeListing): boolean {
  const { changed, deleted } = disk.changes;
  return index.conflicts.size + changed.length + deleted.length + disk.untracked.length === 0;
}

function keyOfTree(
  { repo: { root, cwdPrefix }, identity }: IdentifiedRepository,
  { index, disk }: WorktreeListing,
  { config, targets }: CommonOptions,
  files: readonly string[],
): string {
  return keyOf({
    ...{ identity, index: index.id, head: disk.head },
    call: { command: 'lint', config, targets, files },
    place: { root, cwdPrefix },
  });
}
