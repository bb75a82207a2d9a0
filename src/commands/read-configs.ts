import { bytesDigest } from '../cache/digest.ts';
import type { ValueMemory } from '../cache/value-memory.ts';
import type { Project } from '../config/project.ts';
import { readSqlcConfig, type SqlcConfig } from '../config/sqlc-config.ts';
import { findSqlcConfigs, matchingSqlcConfigs } from '../config/sqlc-configs.ts';
import type { SnapshotEntry } from '../git/listing.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { unlessBroken } from './unless-broken.ts';

/**
 * The sqlc configurations of a snapshot.
 *
 * @throws CheckError for one that is broken, and for a pattern of the configuration that matches none
 */
export async function readConfigs(
  project: Project,
  snapshot: Snapshot,
  memory: ValueMemory,
): Promise<readonly SqlcConfig[]> {
  const paths = findSqlcConfigs(project, [...snapshot.entries.values()]);
  const bytes = await snapshot.read(paths);
  return Promise.all(paths.map((path) => readRemembered(path, bytes.get(path) ?? Buffer.alloc(0), memory)));
}

/**
 * HEAD may be broken in ways that the snapshot mends; each part that can't be read says nothing about old outputs.
 *
 * @param known the snapshot's configurations, most of which HEAD has too
 */
export async function readHeadConfigs(
  project: Project,
  head: Snapshot,
  known: { readonly snapshot: Snapshot; readonly configs: readonly SqlcConfig[] } | null,
  memory: ValueMemory,
): Promise<readonly SqlcConfig[]> {
  const paths = matchingSqlcConfigs(project, [...head.entries.values()]);
  const same = new Map(
    (known?.configs ?? [])
      .filter(({ path }) => sameFile(head.entries.get(path), known?.snapshot.entries.get(path)))
      .map((config) => [config.path, config]),
  );
  const changed = paths.filter((path) => !same.has(path));
  const readable = await unlessBroken(head.read(changed), null);
  const configs = await Promise.all(
    paths.map(async (path) => {
      const alike = same.get(path);
      if (alike !== undefined) return alike;
      // Where one of them can't be read, the others have to be asked for one by one.
      const files = readable ?? (await unlessBroken(head.read([path]), new Map<string, Buffer>()));
      const bytes = files.get(path);
      return bytes === undefined ? null : unlessBroken(readRemembered(path, bytes, memory), null);
    }),
  );
  return configs.filter((config) => config !== null);
}

/** With a thousand entries, reading one takes longer than all else that a run looks through. */
function readRemembered(path: string, bytes: Buffer, memory: ValueMemory): Promise<SqlcConfig> {
  const of = { kind: 'sqlc configuration', path, bytes: bytesDigest(bytes) };
  return memory.remembered(of, () => readSqlcConfig(path, bytes));
}

function sameFile(one: SnapshotEntry | undefined, other: SnapshotEntry | undefined): boolean {
  return one !== undefined && one.oid === other?.oid && one.mode === other.mode;
}
