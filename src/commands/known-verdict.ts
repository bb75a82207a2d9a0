import { lstat, readFile, stat } from 'node:fs/promises';
import { bytesDigest, keyOf } from '../cache/digest.ts';
import { runIdentity } from '../cache/own-identity.ts';
import { cacheFolder, readEntry, writeEntry } from '../cache/store.ts';
import type { DialectName, ToolName } from '../config/project.ts';
import { serverIdentity } from '../devdb/server-identity.ts';
import { CheckError } from '../errors.ts';
import { indexDigest } from '../git/index-listing.ts';
import { encodePath } from '../git/path-bytes.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { cacheDir } from '../process/cache-dir.ts';
import { knownToolDigest } from '../process/known-tool.ts';
import { runBriefly } from '../process/run-briefly.ts';
import type { ToolLookup } from '../process/tool.ts';
import type { Judgement } from '../report/judgement.ts';
import type { CommonOptions } from './options.ts';

/** An index that is to be judged, with the key of the verdict on it. */
export interface IndexKey {
  readonly repo: Repository;
  readonly key: string;
  readonly identity: string;
  /** When the index was last written and HEAD last moved, before both were read; null where files don't tell. */
  readonly writtenAt: string | null;
}

export interface DiskFact {
  /** Absolute; through `decodePath`. */
  readonly path: string;
  /** Of its bytes; null where there is no such file. */
  readonly digest: string | null;
}

/**
 * What a verdict rests on besides what its key is made of. Everything in here is looked at again before the verdict is
 * taken for known.
 */
export interface Foundations {
  /** Files outside of the snapshot that were read, or were not there. */
  readonly disk: readonly DiskFact[];
  readonly tools: readonly {
    readonly name: ToolName;
    readonly lookup: ToolLookup;
    readonly digest: string;
  }[];
  readonly servers: readonly {
    readonly dialect: DialectName;
    readonly setting: string;
    readonly identity: string;
  }[];
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
      openRepository({ cwd: options.cwd, env: options.env, run: runBriefly }),
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
  await writeEntry(cacheFolder(repo.commonDir), 'verdict', key, content).catch(() => undefined);
}

/**
 * What stands at a path: the digest of a file's bytes; null where there is nothing. A link is told from the file that it
 * leads to, since dbcheck reads through none in place of a configuration.
 */
export async function diskDigest(path: string): Promise<string | null> {
  const place = encodePath(path);
  const found = await lstat(place).catch(() => null);
  if (found === null) return null;
  const target = found.isSymbolicLink() ? await stat(place).catch(() => null) : found;
  const kind = target === found ? '' : 'link to ';
  // Reading a pipe would never end.
  const bytes = target?.isFile() ? await readFile(place).catch(() => null) : null;
  return `${kind}${bytes === null ? 'no file' : bytesDigest(bytes)}`;
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

async function stillHolds({ disk, tools, servers }: Foundations, env: NodeJS.ProcessEnv): Promise<boolean> {
  const cache = await cacheDir();
  const checks = await Promise.all([
    ...disk.map(async ({ path, digest }) => (await diskDigest(path)) === digest),
    ...tools.map(
      async ({ name, lookup, digest }) =>
        (await knownToolDigest(name, lookup, { cacheDir: cache, env })) === digest,
    ),
    ...servers.map(
      async ({ dialect, setting, identity }) => (await serverIdentity(dialect, setting)) === identity,
    ),
  ]);
  return checks.every(Boolean);
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
