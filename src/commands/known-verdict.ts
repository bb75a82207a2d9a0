import { stat } from 'node:fs/promises';
import { keyOf } from '../cache/digest.ts';
import { cacheFolder } from '../cache/store.ts';
import { indexDigest } from '../git/index-listing.ts';
import type { Repository } from '../git/repository.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, keepFound, recallFound } from './foundations.ts';
import { type IdentifiedRepository, identifiedRepository } from './identified-repository.ts';
import type { CommonOptions } from './options.ts';
import { unlessBroken } from './unless-broken.ts';

/** An index that is to be judged, with the key of the verdict on it. */
export interface IndexKey extends IdentifiedRepository {
  readonly key: string;
  /** When the index was last written and HEAD last moved, before both were read; null where files don't tell. */
  readonly writtenAt: string | null;
}

/** The verdict on a whole index. */
export interface KnownVerdict {
  readonly judgement: Judgement;
  readonly affected: { readonly targets: number; readonly of: number };
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
  const writtenAt = await writeTime(opened.repo);
  const key = await keyOfIndex(opened, options);
  return key === null ? null : { ...opened, key, writtenAt };
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
  if ((await keyOfIndex(index, options)) !== index.key) return;
  await keepFound(cacheFolder(index.repo.commonDir), index.key, verdict, foundations);
}

async function keyOfIndex(
  { repo, identity }: IdentifiedRepository,
  { config, targets }: CommonOptions,
): Promise<string | null> {
  const [index, head] = await Promise.all([
    indexDigest(repo),
    repo.git(['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{tree}'], { allowFailure: true }),
  ]);
  if (head.exitCode !== 0) return null;
  const { root, hooksDir, cwdPrefix } = repo;
  const tree = head.stdout.toString().trim();
  return keyOf({ identity, call: { config, targets }, index, tree, place: { root, hooksDir, cwdPrefix } });
}

/** Whether the index and HEAD are still what the key was made of. Git locks neither while a hook runs. */
async function isUnmoved(index: IndexKey, options: CommonOptions): Promise<boolean> {
  if (index.writtenAt !== null) return (await writeTime(index.repo)) === index.writtenAt;
  return (await keyOfIndex(index, options)) === index.key;
}

/** Git appends to the log of HEAD whatever moves it, where there is one. */
async function writeTime({ indexFile, gitDir }: Repository): Promise<string | null> {
  const found = await Promise.all(
    [indexFile, `${gitDir}/logs/HEAD`].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  const times = found.flatMap((file) =>
    file === null ? [] : [[file.ino, file.size, file.mtimeNs, file.ctimeNs].join(' ')],
  );
  return times.length < found.length ? null : times.join('\n');
}
