import { keyOf } from '../cache/digest.ts';
import { runIdentity } from '../cache/own-identity.ts';
import { cacheFolder, readEntry, sweepCrowdedStore, writeEntry } from '../cache/store.ts';
import { CheckError } from '../errors.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { listWorktree, type WorktreeListing } from '../git/worktree-listing.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, stillHolds } from './foundations.ts';
import type { CommonOptions } from './options.ts';

/** A work tree that is to be linted, with the key of what is found in it. */
export interface LintKey {
  readonly repo: Repository;
  readonly key: string;
  readonly identity: string;
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
export async function lintKey(options: CommonOptions, files: readonly string[]): Promise<LintKey | null> {
  try {
    const [repo, identity] = await Promise.all([
      openRepository({ cwd: options.cwd, env: options.env }),
      // While git is at work.
      Promise.resolve().then(() => runIdentity(options.env)),
    ]);
    if (identity === null) return null;
    const listing = await listWorktree(repo);
    const key = keyOfTree(repo, listing, identity, options, files);
    return key === null ? null : { repo, key, identity, listing };
  } catch (error) {
    if (error instanceof CheckError) return null;
    throw error;
  }
}

/** Takes what was found from an earlier run where all that it rests on is still the same. */
export async function recallLint({ repo, key }: LintKey, env: NodeJS.ProcessEnv): Promise<KnownLint | null> {
  const content = await readEntry(cacheFolder(repo.commonDir), 'verdict', key);
  if (content === null) return null;
  // Its key holds the bytes of the dbcheck that wrote it, so that its shape is the one that is written below.
  const { foundations, ...known }: KnownLint & { foundations: Foundations } = JSON.parse(content.toString());
  try {
    return (await stillHolds(foundations, env)) ? known : null;
  } catch (error) {
    if (error instanceof CheckError) return null;
    throw error;
  }
}

/**
 * Keeps what was found, if the index had the bytes of all that was read: these are objects of git's, which are what they
 * are whatever has happened to the work tree since. A store that can't be written costs time and nothing else.
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
  const content = Buffer.from(JSON.stringify({ ...known, foundations }));
  const folder = cacheFolder(repo.commonDir);
  await writeEntry(folder, 'verdict', key, content).catch(() => undefined);
  await sweepCrowdedStore(folder);
}

/** Null for a tree in conflict, which is answered by an error. */
function keyOfTree(
  { root, cwdPrefix }: Repository,
  { index, disk }: WorktreeListing,
  identity: string,
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
