import type { SqlcConfig } from '../config/sqlc-config.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { baselinePath } from '../plan/baseline.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { overridesDir } from '../plan/targets.ts';
import { sharedWhereEqual } from '../steps/shared-bytes.ts';
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
  return readFiles(open.head, paths);
}

/** The bytes of those paths that a tree has as files, links and submodules left out: HEAD may hold what the snapshot mends. */
export async function readFiles(
  snapshot: Snapshot,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, Buffer>> {
  const isFile = (path: string): boolean => snapshot.entries.get(path)?.mode.startsWith('100') === true;
  return snapshot.read([...new Set(paths)].filter(isFile));
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

/** How many files are read at once to be held against others. */
const COMPARED = 256;

/**
 * The bytes of those outputs that the snapshot has. What is there as it was made is given as the made bytes themselves, so
 * that of a thousand databases in which nothing is stale no second copy is held.
 *
 * @throws CheckError `symlinked-source`, `submodule`
 */
export async function readOutputs(
  snapshot: Snapshot,
  made: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, Buffer>> {
  const paths = [...made.keys()].filter((path) => snapshot.entries.has(path));
  const outputs = new Map<string, Buffer>();
  for (let start = 0; start < paths.length; start += COMPARED) {
    const read = await snapshot.read(paths.slice(start, start + COMPARED));
    for (const [path, bytes] of sharedWhereEqual(read, made)) outputs.set(path, bytes);
  }
  return outputs;
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
    ({ path, mode }) =>
      mode.startsWith('100') && path.endsWith('.go') && !made.has(path) && folders.has(folderOf(path)),
  );
  const files = await snapshot.read(candidates.map(({ path }) => path));
  return new Map([...files].filter(([, bytes]) => isMarked(bytes)));
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
