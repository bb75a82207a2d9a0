import { keyOf } from '../cache/digest.ts';
import { cacheFolder } from '../cache/store.ts';
import { indexDigest } from '../git/index-listing.ts';
import { type IndexState, isUnwritten, readIndexState } from '../git/index-state.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, keepFound, recallFound } from './foundations.ts';
import { type IdentifiedRepository, identifiedRepository } from './identified-repository.ts';
import type { CommonOptions } from './options.ts';
import { unlessBroken } from './unless-broken.ts';

/** An index that is to be judged, with the key of the verdict on it. */
export interface IndexKey extends IdentifiedRepository {
  readonly key: string;
  /** What the key was made of. */
  readonly state: IndexState;
}

/** The verdict on a whole index. */
export interface KnownVerdict {
  readonly judgement: Judgement;
  readonly affected: { readonly targets: number; readonly of: number };
  /** What the refused targets are made from; empty where nothing was refused. */
  readonly sources: readonly string[];
  /** The name of what mends the index; null where that is not kept, and to be found anew. */
  readonly mends: string | null;
}

/**
 * The key of the verdict on the index: dbcheck itself, the call, the index's listing, HEAD's tree and the place.
 *
 * @returns null where it can't be told, as before the first commit; whoever judges then says what is wrong, if anything
 */
export function indexKey(options: CommonOptions): Promise<IndexKey | null> {
  return unlessBroken(keyOfOptions(options), null);
}

async function keyOfOptions(options: CommonOptions): Promise<IndexKey | null> {
  const opened = await identifiedRepository(options);
  if (opened === null) return null;
  const state = await readIndexState(opened.repo);
  return state === null ? null : { ...opened, state, key: await keyOfState(opened, state, options) };
}

/** Takes the verdict from an earlier run where all that it rests on is still the same. */
export async function recallVerdict(index: IndexKey, options: CommonOptions): Promise<KnownVerdict | null> {
  const verdict = await recallFound<KnownVerdict>(cacheFolder(index.repo.commonDir), index.key, options.env);
  return verdict !== null && (await unlessBroken(isUnmoved(index, options), false)) ? verdict : null;
}

/** Keeps a verdict, if the index and HEAD are still those of its key. */
export async function keepVerdict(
  index: IndexKey,
  verdict: KnownVerdict,
  foundations: Foundations,
  options: CommonOptions,
): Promise<void> {
  if (!(await isUnmoved(index, options))) return;
  await keepFound(cacheFolder(index.repo.commonDir), index.key, verdict, foundations);
}

async function keyOfState(
  { repo, identity }: IdentifiedRepository,
  { records, tree }: IndexState,
  { config, targets }: CommonOptions,
): Promise<string> {
  const { root, hooksDir, cwdPrefix } = repo;
  const index = await indexDigest(repo, records);
  return keyOf({ identity, call: { config, targets }, index, tree, place: { root, hooksDir, cwdPrefix } });
}

/** Whether the index and HEAD are still what the key was made of. */
async function isUnmoved(index: IndexKey, options: CommonOptions): Promise<boolean> {
  if (await isUnwritten(index.repo, index.state)) return true;
  const now = await readIndexState(index.repo);
  return now !== null && (await keyOfState(index, now, options)) === index.key;
}
