import type { Project } from '../config/project.ts';
import { type SqlcConfig, type SqlcEntry, sqlcInputResolver } from '../config/sqlc-config.ts';
import { foldersAround, isBelow, type TreePaths } from './paths.ts';
import type { DatabaseTarget } from './targets.ts';

/** The steps of a database that has a schema: its migrations, and its sqlc schema where something uses one. */
export interface DatabaseSteps {
  readonly kind: 'database';
  readonly id: string;
  readonly target: DatabaseTarget;
  readonly steps: readonly ('plan' | 'extract')[];
}

/** A database whose sqlc schema is converted from another dialect's. */
export interface DerivedSteps {
  readonly kind: 'derived';
  readonly id: string;
  readonly target: DatabaseTarget;
  /** The id of the database that it is converted from. */
  readonly from: string;
}

/** One sqlc configuration: one run of `sqlc generate`. */
export interface SqlcSteps {
  readonly kind: 'sqlc';
  /** The configuration's path. */
  readonly id: string;
  readonly config: SqlcConfig;
  /** Ids of the databases whose migrations or sqlc schemas it reads. */
  readonly reads: readonly string[];
  /** The query files of the snapshot that it reads. */
  readonly queryFiles: readonly string[];
  /** The schema files that it reads, as the snapshot has them or as a step makes them. */
  readonly schemaFiles: readonly string[];
  /** What each entry of `config` reads, files in sqlc's order. */
  readonly entries: readonly {
    readonly queryFiles: readonly string[];
    readonly schemaFiles: readonly string[];
    /** Ids of databases, as in `reads`. */
    readonly reads: readonly string[];
  }[];
  /** Set where the file has more entries than these. */
  readonly narrowed?: true;
}

/** A database whose schema is gone: nothing to run, only files that it may have left behind. */
export interface RemovedDatabase {
  readonly kind: 'removed';
  readonly id: string;
  readonly target: DatabaseTarget;
}

export type PlannedTarget = DatabaseSteps | DerivedSteps | SqlcSteps | RemovedDatabase;

/** The ids of the targets whose regenerated outputs a target reads. */
export function readsOf(target: PlannedTarget): readonly string[] {
  switch (target.kind) {
    case 'sqlc':
      return target.reads;
    case 'derived':
      return [target.from];
    default:
      return [];
  }
}

/** What each target reads, directly or through another, by its id. */
export function allReads(graph: StepGraph): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(graph.targets.map((target) => [target.id, readsOf(target)]));
  const closure = (id: string): readonly string[] =>
    (direct.get(id) ?? []).flatMap((read) => [read, ...closure(read)]);
  return new Map(graph.targets.map(({ id }) => [id, [...new Set(closure(id))]]));
}

/** The names of a target's steps, in order. */
export function stepsOf(target: PlannedTarget): readonly string[] {
  switch (target.kind) {
    case 'database':
      return target.steps;
    case 'derived':
      return ['convert'];
    case 'sqlc':
      return ['sqlc'];
    case 'removed':
      return [];
  }
}

/**
 * Databases that share objects: one sqlc package reads the schemas of all of them, so that an object which stands
 * in several is kept in the first one's file only. Ids in order.
 */
type SharingGroup = readonly string[];

export interface StepGraph {
  readonly targets: readonly PlannedTarget[];
  readonly sharing: readonly SharingGroup[];
}

/**
 * Lays out which steps each target has and which steps read what others make.
 *
 * @param targets the databases, in the order in which they share objects
 * @param configs the sqlc configurations of the snapshot
 * @param snapshotPaths every path of the snapshot
 */
export function planSteps(
  project: Project,
  targets: readonly DatabaseTarget[],
  configs: readonly SqlcConfig[],
  snapshotPaths: TreePaths,
): StepGraph {
  const living = targets.filter((target) => target.schemaFiles.length > 0);
  const made = new Map(living.map((target) => [target.sqlcSchema, target.id]));
  // What is left of a database whose schema is gone is nobody's input any more.
  const left = new Set(
    targets
      .filter((target) => target.schemaFiles.length === 0)
      .flatMap((target) => [target.sqlcSchema, ...target.migrationFiles]),
  );
  const listing = [
    ...[...snapshotPaths.keys()].filter((path) => !left.has(path)),
    ...[...made.keys()].filter((path) => !snapshotPaths.has(path) || left.has(path)),
  ];
  const filesOf = sqlcInputResolver(listing);
  const migrated = new Map(
    living.flatMap(({ derivedFrom, migrationsDir, id }) =>
      derivedFrom === null ? [[migrationsDir, id] as const] : [],
    ),
  );
  const { literalFolder } = project.migrations.dir;
  const owners: Owners = { made, migrated, migrations: literalFolder };
  const sqlc = configs.map((config) => sqlcSteps(config, filesOf, owners));
  const usesExtract = (target: DatabaseTarget): boolean =>
    project.steps.extract.kind !== 'off' &&
    (snapshotPaths.has(target.sqlcSchema) || project.named('sqlcSchemas') || isRead(target));
  const readFiles = new Set(sqlc.flatMap((steps) => steps.schemaFiles));
  const isRead = (target: DatabaseTarget): boolean => readFiles.has(target.sqlcSchema);
  const databases = targets.flatMap((target): readonly PlannedTarget[] => {
    const { id, derivedFrom } = target;
    // A derived dialect that nothing reads and that has no file is one that the repository does not use.
    if (derivedFrom !== null && !target.hasSqlcSchema && !isRead(target)) return [];
    if (target.schemaFiles.length === 0) return [{ kind: 'removed', id, target }];
    if (derivedFrom !== null) return [{ kind: 'derived', id, target, from: derivedFrom }];
    return [{ kind: 'database', id, target, steps: usesExtract(target) ? ['plan', 'extract'] : ['plan'] }];
  });
  return { targets: [...databases, ...sqlc], sharing: sharingGroups(living, sqlc) };
}

function sqlcSteps(
  config: SqlcConfig,
  filesOf: ReturnType<typeof sqlcInputResolver>,
  owners: Owners,
): SqlcSteps {
  const entries = config.entries.map((entry) => {
    const schemaFiles = filesOf(entry.schema).files;
    return {
      queryFiles: filesOf(entry.queries).files,
      schemaFiles,
      reads: databasesRead(entry, schemaFiles, owners),
    };
  });
  return {
    kind: 'sqlc',
    id: config.path,
    config,
    reads: [...new Set(entries.flatMap(({ reads }) => reads))],
    queryFiles: [...new Set(entries.flatMap(({ queryFiles }) => queryFiles))],
    schemaFiles: [...new Set(entries.flatMap((entry) => entry.schemaFiles))],
    entries,
  };
}

/** The databases by what they make. */
interface Owners {
  /** By their sqlc schema. */
  readonly made: ReadonlyMap<string, string>;
  /** By their migrations folder. */
  readonly migrated: ReadonlyMap<string, string>;
  /** The folder that all migrations folders lie in. */
  readonly migrations: string;
}

function databasesRead(
  { schema }: SqlcEntry,
  schemaFiles: readonly string[],
  { made, migrated, migrations }: Owners,
): readonly string[] {
  const extracted = schemaFiles.flatMap((file) => made.get(file) ?? []);
  const folders = [...schema, ...schemaFiles]
    .filter((path) => isBelow(path, migrations))
    .flatMap((path) => [path, ...foldersAround(path)]);
  const planned = folders.flatMap((folder) => migrated.get(folder) ?? []);
  const read = [...extracted, ...planned];
  return read.length < 2 ? read : [...new Set(read)];
}

/** Databases that meet in one entry of one configuration share; groups that have a member in common are one. */
function sharingGroups(
  living: readonly DatabaseTarget[],
  sqlc: readonly SqlcSteps[],
): readonly SharingGroup[] {
  const bySchema = new Map(living.map((target) => [target.sqlcSchema, target]));
  const group = new Map<string, Set<string>>();
  for (const steps of sqlc) {
    for (const entry of steps.entries) {
      if (entry.schemaFiles.length < 2) continue;
      const files = new Set(entry.schemaFiles);
      const members = [...files].flatMap((file) => bySchema.get(file) ?? []);
      if (members.length < 2) continue;
      const merged = new Set(members.flatMap((member) => [member.id, ...(group.get(member.id) ?? [])]));
      for (const member of merged) group.set(member, merged);
    }
  }
  const order = living.map((target) => target.id);
  return [...new Set(group.values())].map((members) => order.filter((id) => members.has(id)));
}
