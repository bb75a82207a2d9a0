import { lstat, readFile, stat } from 'node:fs/promises';
import { bytesDigest } from '../cache/digest.ts';
import { readEntry, sweepCrowdedStore, writeEntry } from '../cache/store.ts';
import type { DialectName } from '../config/dialect-names.ts';
import type { ToolName } from '../config/project.ts';
import { serverIdentity } from '../devdb/server-identity.ts';
import { encodePath } from '../git/path-bytes.ts';
import { cacheDir } from '../process/cache-dir.ts';
import { knownToolDigest } from '../process/known-tool.ts';
import type { ToolLookup } from '../process/tool.ts';
import { unlessBroken } from './unless-broken.ts';

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

/**
 * Takes what an earlier run found from a store, where all that it rests on is still the same.
 *
 * @param key holds the bytes of the dbcheck that kept it, so that its shape is the one that was kept
 */
export async function recallFound<T>(
  folder: string,
  key: string,
  env: NodeJS.ProcessEnv,
): Promise<Omit<T & { readonly foundations: unknown }, 'foundations'> | null> {
  const content = await readEntry(folder, 'verdict', key);
  if (content === null) return null;
  const { foundations, ...found }: T & { foundations: Foundations } = JSON.parse(content.toString());
  return (await unlessBroken(stillHolds(foundations, env), false)) ? found : null;
}

/** Keeps what was found. A store that can't be written costs time and nothing else. */
export async function keepFound(
  folder: string,
  key: string,
  found: object,
  foundations: Foundations,
): Promise<void> {
  const content = Buffer.from(JSON.stringify({ ...found, foundations }));
  await writeEntry(folder, 'verdict', key, content).catch(() => undefined);
  await sweepCrowdedStore(folder);
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
