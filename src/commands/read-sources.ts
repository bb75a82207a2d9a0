import type { SqlcConfig } from '../config/sqlc-config.ts';
import { blobName } from '../git/blob-name.ts';
import type { SnapshotEntry } from '../git/listing.ts';
import type { ReadOptions, Snapshot } from '../git/snapshot.ts';
import { baselinePath } from '../plan/baseline.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { overridesDir } from '../plan/targets.ts';
import type { IsFresh } from '../steps/sqlc-generate.ts';
import { isMarked } from '../verdict/sqlc-header.ts';
import type { OpenProject } from './open-project.ts';

/**
 * The snapshot's bytes of everything that the given targets are made from, of their migrations folders and of
 * their sqlc schemas.
 *
 * @throws CheckError `symlinked-source` or `submodule` where one of them is no file
 */
export async function readSources(
  open: OpenProject,
  targets: readonly PlannedTarget[],
): Promise<ReadonlyMap<string, Buffer>> {
  const paths = targets.flatMap((target) =>
    target.kind === 'sqlc'
      ? [target.id, ...target.queryFiles, ...target.schemaFiles]
      : [...target.target.schemaFiles, ...target.target.migrationFiles, target.target.sqlcSchema],
  );
  return readPresent(open.snapshot, [...paths, ...overridePaths(open, targets)]);
}

/** What people wrote for objects of derived databases that can't be converted. */
function overridePaths({ snapshot }: OpenProject, targets: readonly PlannedTarget[]): readonly string[] {
  const folders = new Set(
    targets.flatMap((target) => (target.kind === 'derived' ? [overridesDir(target.target.sqlcSchema)] : [])),
  );
  return folders.size === 0 ? [] : [...snapshot.entries.keys()].filter((path) => folders.has(folderOf(path)));
}

/** HEAD's bytes of the baselines, which their style is read off. */
export async function readHeadBaselines(
  open: OpenProject,
  targets: readonly PlannedTarget[],
): Promise<ReadonlyMap<string, Buffer>> {
  const fallback = open.project.migrations.baseline;
  const paths = targets.flatMap((target) =>
    target.kind === 'database' ? [baselinePath(target.target, fallback)] : [],
  );
  return readHeadFiles(open.head, paths);
}

/** The bytes of those paths that a tree has as files, links and submodules left out. */
export async function readFiles(
  snapshot: Snapshot,
  paths: Iterable<string>,
  options: ReadOptions = {},
): Promise<ReadonlyMap<string, Buffer>> {
  const present = [...new Set(paths)].flatMap((path) => snapshot.entries.get(path) ?? []);
  return snapshot.read(
    present.filter(isFile).map(({ path }) => path),
    options,
  );
}

/** The same of HEAD, without what would be refused in the snapshot: that may be just what the snapshot mends. */
function readHeadFiles(head: Snapshot, paths: Iterable<string>): Promise<ReadonlyMap<string, Buffer>> {
  return readFiles(head, paths, { lenient: true });
}

function isFile({ mode }: SnapshotEntry): boolean {
  return mode.startsWith('100');
}

/**
 * The bytes of those paths that the snapshot has.
 *
 * @throws CheckError `symlinked-source`, `submodule`
 */
export async function readPresent(
  snapshot: Snapshot,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, Buffer>> {
  return snapshot.read([...new Set(paths)].filter((path) => snapshot.entries.has(path)));
}

/** Tells by git's name for a file whether the snapshot has it just as it was made, so that it isn't read for that. */
export function freshIn({ repo, snapshot }: Pick<OpenProject, 'repo' | 'snapshot'>): IsFresh {
  return (path, bytes) => {
    const entry = snapshot.entries.get(path);
    return entry !== undefined && isFile(entry) && entry.oid === blobName(bytes, repo.objectFormat);
  };
}

/** HEAD's bytes of those files that the snapshot has otherwise, or not at all. */
export async function readFormerFiles(
  { snapshot, head }: Pick<OpenProject, 'snapshot' | 'head'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const oidIn = ({ entries }: Snapshot, path: string) => entries.get(path)?.oid;
  return readHeadFiles(
    head,
    paths.filter((path) => oidIn(head, path) !== oidIn(snapshot, path)),
  );
}

/**
 * The files with sqlc's mark that stand in the output folders of these configurations.
 *
 * @param made the paths of those that are left out, since they are known
 */
export async function readMarkedOutputs(
  snapshot: Snapshot,
  configs: readonly SqlcConfig[],
  made: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Buffer>> {
  const folders = new Set(
    configs.flatMap((config) => config.entries.flatMap((entry) => entry.outs.map(({ dir }) => dir))),
  );
  const candidates = [...snapshot.entries.values()].filter(
    (entry) =>
      isFile(entry) &&
      entry.path.endsWith('.go') &&
      !made.has(entry.path) &&
      folders.has(folderOf(entry.path)),
  );
  const files = await snapshot.read(candidates.map(({ path }) => path));
  return new Map([...files].filter(([, bytes]) => isMarked(bytes)));
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
