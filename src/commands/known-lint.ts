import { keyOf } from '../cache/digest.ts';
import { cacheFolder } from '../cache/store.ts';
import { listWorktree, type WorktreeListing } from '../git/worktree-listing.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, keepFound, recallFound } from './foundations.ts';
import { type IdentifiedRepository, identifiedRepository } from './identified-repository.ts';
import type { CommonOptions } from './options.ts';
import { unlessBroken } from './unless-broken.ts';

/** A work tree that is to be linted, with the key of what is found in it. */
export interface LintKey extends IdentifiedRepository {
  readonly key: string;
  readonly listing: WorktreeListing;
}

/** What was found in the sources of a work tree. */
export interface KnownLint {
  readonly judgement: Judgement;
  /** How many files were read. */
  readonly files: number;
}

/**
 * The key of what is found in a work tree: dbcheck itself, the call, the index, HEAD, and the paths in which the disk
 * differs from the index. Not the bytes of those: what was found is to be kept only where none of them was read.
 *
 * @param files as they are given
 * @returns null where it can't be told; whoever lints then says what is wrong, if anything
 */
export function lintKey(options: CommonOptions, files: readonly string[]): Promise<LintKey | null> {
  return unlessBroken(keyOfLint(options, files), null);
}

async function keyOfLint(options: CommonOptions, files: readonly string[]): Promise<LintKey | null> {
  const opened = await identifiedRepository(options);
  if (opened === null) return null;
  const listing = await listWorktree(opened.repo);
  const key = keyOfTree(opened, listing, options, files);
  return key === null ? null : { ...opened, key, listing };
}

/** Takes what was found from an earlier run where all that it rests on is still the same. */
export function recallLint({ repo, key }: LintKey, env: NodeJS.ProcessEnv): Promise<KnownLint | null> {
  return recallFound<KnownLint>(cacheFolder(repo.commonDir), key, env);
}

/**
 * Keeps what was found, if the index had the bytes of all that was read: these are objects of git's, which are what they
 * are whatever has happened to the work tree since.
 *
 * @param read the paths of the work tree that were read
 */
export async function keepLint(
  { repo, key, listing }: LintKey,
  known: KnownLint,
  foundations: Foundations,
  read: ReadonlySet<string>,
): Promise<void> {
  const { changed, deleted } = listing.disk.changes;
  if ([...changed, ...deleted, ...listing.disk.untracked].some((path) => read.has(path))) return;
  await keepFound(cacheFolder(repo.commonDir), key, known, foundations);
}

/** Null for a tree in conflict, which is answered by an error. */
function keyOfTree(
  { repo: { root, cwdPrefix }, identity }: IdentifiedRepository,
  { index, disk }: WorktreeListing,
  { config, targets }: CommonOptions,
  files: readonly string[],
): string | null {
  if (index.conflicts.size > 0) return null;
  const { changed, deleted } = disk.changes;
  const differs = { changed, deleted, untracked: disk.untracked };
  return keyOf({
    ...{ identity, head: disk.head, differs },
    call: { command: 'lint', config, targets, files },
    index: { id: index.id, intents: [...index.intentToAdd] },
    place: { root, cwdPrefix },
  });
}
