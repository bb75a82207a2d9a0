import { stat } from 'node:fs/promises';
import { keyOf } from '../cache/digest.ts';
import { runIdentity } from '../cache/own-identity.ts';
import { cacheFolder, readEntry, sweepCrowdedStore, writeEntry } from '../cache/store.ts';
import { CheckError } from '../errors.ts';
import { indexDigest } from '../git/index-listing.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Judgement } from '../report/judgement.ts';
import { type Foundations, stillHolds } from './foundations.ts';
import type { CommonOptions } from './options.ts';

/** An index that is to be judged, with the key of the verdict on it. */
export interface IndexKey {
  readonly repo: Repository;
  readonly key: string;
  readonly identity: string;
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
export async function indexKey(options: CommonOptions): Promise<IndexKey | null> {
  try {
    const [repo, identity] = await Promise.all([
      openRepository({ cwd: options.cwd, env: options.env }),
      // While git is at work.
      Promise.resolve().then(() => runIdentity(options.env)),
    ]);
    if (identity === null) return null;
    const writtenAt = await writeTime(repo);
    const key = await keyOfIndex(repo, identity, options);
    return key === null ? null : { repo, key, identity, writtenAt };
  } catch (error) {
    if (error instanceof CheckError) return null;
    throw error;
  }
}

/** Takes the verdict from an earlier run where all that it rests on is still the same. */
export async function recallVerdict(index: IndexKey, options: CommonOptions): Promise<KnownVerdict | null> {
  const { repo, key } = index;
  const content = await readEntry(cacheFolder(repo.commonDir), 'verdict', key);
  if (content === null) return null;
  // Its key holds the bytes of the dbcheck that wrote it, so that its shape is the one that is written below.
  const { foundations, ...verdict }: KnownVerdict & { foundations: Foundations } = JSON.parse(
    content.toString(),
  );
  try {
    const holds = await stillHolds(foundations, options.env);
    return holds && (await isUnmoved(index, options)) ? verdict : null;
  } catch (error) {
    if (error instanceof CheckError) return null;
    throw error;
  }
}

/**
 * Keeps a verdict, if the index and HEAD are still those of its key. A store that can't be written costs time and
 * nothing else.
 */
export async function keepVerdict(
  { repo, key, identity }: IndexKey,
  verdict: KnownVerdict,
  foundations: Foundations,
  options: CommonOptions,
): Promise<void> {
  if ((await keyOfIndex(repo, identity, options)) !== key) return;
  const content = Buffer.from(JSON.stringify({ ...verdict, foundations }));
  const folder = cacheFolder(repo.commonDir);
  await writeEntry(folder, 'verdict', key, content).catch(() => undefined);
  await sweepCrowdedStore(folder);
}

async function keyOfIndex(
  repo: Repository,
  identity: string,
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
async function isUnmoved(
  { repo, key, identity, writtenAt }: IndexKey,
  options: CommonOptions,
): Promise<boolean> {
  if (writtenAt !== null) return (await writeTime(repo)) === writtenAt;
  return (await keyOfIndex(repo, identity, options)) === key;
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
