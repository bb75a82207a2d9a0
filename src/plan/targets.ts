import { basename, dirname, join } from 'node:path/posix';
import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { comparePaths } from '../git/path-bytes.ts';
import { matchMigration, matchSchema, matchSqlcSchema } from './matched-paths.ts';
import type { TreePaths } from './paths.ts';

/** A dialect and a database, with every file of it in the snapshot. */
export interface DatabaseTarget {
  /** `postgres/keygen`. */
  readonly id: string;
  readonly dialect: DialectName;
  readonly database: string;
  /** The HCL files in the snapshot, in Atlas's order; empty where the schema is gone. */
  readonly schemaFiles: readonly string[];
  readonly migrationsDir: string;
  /** Every file below the migrations folder in the snapshot. */
  readonly migrationFiles: readonly string[];
  /** Every file below the migrations folder in HEAD. */
  readonly headMigrationFiles: readonly string[];
  /** Where the sqlc schema stands, whether it exists or not. */
  readonly sqlcSchema: string;
  /** Whether the snapshot or HEAD has that file. */
  readonly hasSqlcSchema: boolean;
  /** The database whose regenerated schema this one's is converted from; its HCL files are this one's too. */
  readonly derivedFrom: string | null;
}

/** The path of a database's sqlc schema: by the names of the configuration, else by its template. */
function sqlcSchemaPath(project: Project, dialect: DialectName, database: string): string {
  const expanded = project.sqlcSchemas.template.expand({ dialect, database });
  const name = project.sqlcSchemas.names?.get(database);
  return name === undefined ? expanded : `${expanded.slice(0, expanded.lastIndexOf('/') + 1)}${name}`;
}

/**
 * Where stands what people write for the objects of a derived database that can't be converted:
 * `overrides/{database}/{object}.sql` beside the sqlc schemas.
 */
export function overridesDir(sqlcSchema: string): string {
  return join(dirname(sqlcSchema), 'overrides', basename(sqlcSchema, '.sql'));
}

/**
 * The databases of one dialect in the order in which they share objects: that of `sqlcSchemas`' map where there
 * is one, then by name.
 */
function databaseOrder(project: Project): (left: string, right: string) => number {
  const order = [...(project.sqlcSchemas.names?.keys() ?? [])];
  const rank = (database: string): number => {
    const index = order.indexOf(database);
    return index === -1 ? order.length : index;
  };
  return (left, right) => rank(left) - rank(right) || comparePaths(left, right);
}

/**
 * Finds the databases: the union of what the schema, migration and sqlc-schema templates match in the snapshot
 * and in HEAD, so that a deleted schema still shows what it left behind.
 *
 * Where a dialect has no schema file at all, in neither tree, its sqlc schemas are written by people and make no
 * target. A derived dialect has the databases of the dialect that it is derived from.
 *
 * @param snapshotPaths every path of the snapshot
 * @param headPaths every path of HEAD
 * @returns targets ordered by dialect, then by `databaseOrder`
 */
export function findTargets(
  project: Project,
  snapshotPaths: TreePaths,
  headPaths: TreePaths,
): readonly DatabaseTarget[] {
  const byDialect = new Map<DialectName, Map<string, Draft>>();
  const draft = ({ dialect, database }: { dialect: DialectName; database: string }): Draft => {
    const drafts = byDialect.get(dialect) ?? new Map<string, Draft>();
    const known = drafts.get(database);
    if (known !== undefined) return known;
    const made: Draft = {
      dialect,
      database,
      schema: [],
      headSchema: [],
      migrations: [],
      headMigrations: [],
      sqlc: false,
    };
    byDialect.set(dialect, drafts.set(database, made));
    return made;
  };
  const place = (path: string, isInSnapshot: boolean, isInHead: boolean): void => {
    const schema = matchSchema(project, path);
    if (schema !== null) {
      const to = draft(schema);
      if (isInSnapshot) to.schema.push(path);
      if (isInHead) to.headSchema.push(path);
    }
    const migration = matchMigration(project, path);
    if (migration !== null) {
      const to = draft(migration);
      if (isInSnapshot) to.migrations.push(path);
      if (isInHead) to.headMigrations.push(path);
    }
    const sqlcSchema = matchSqlcSchema(project, path);
    if (sqlcSchema !== null) draft(sqlcSchema).sqlc = true;
  };
  // Most paths are in both trees, and are looked at once.
  for (const path of snapshotPaths.keys()) place(path, true, headPaths.has(path));
  for (const path of headPaths.keys()) if (!snapshotPaths.has(path)) place(path, false, true);
  const drafted = (): Draft[] => [...byDialect.values()].flatMap((drafts) => [...drafts.values()]);
  const planned = new Set(
    drafted()
      .filter((found) => found.schema.length + found.headSchema.length > 0)
      .map((found) => found.dialect),
  );
  const sourceOf = (found: Draft): DialectName | undefined => {
    const source = planned.has(found.dialect) ? undefined : project.derive.get(found.dialect);
    return source !== undefined && planned.has(source) ? source : undefined;
  };
  for (const [dialect, source] of project.derive) {
    if (!planned.has(source)) continue;
    for (const database of byDialect.get(source)?.keys() ?? []) draft({ dialect, database });
  }
  const order = databaseOrder(project);
  return drafted()
    .filter(
      (found) =>
        planned.has(found.dialect) ||
        sourceOf(found) !== undefined ||
        found.migrations.length + found.headMigrations.length > 0,
    )
    .sort((left, right) => comparePaths(left.dialect, right.dialect) || order(left.database, right.database))
    .map((found) => {
      const source = sourceOf(found);
      const derivedFrom = source === undefined ? null : `${source}/${found.database}`;
      const from = source === undefined ? found : byDialect.get(source)?.get(found.database);
      return { found, derivedFrom, schemaFiles: from?.schema.toSorted(comparePaths) ?? [] };
    })
    .map(({ found, derivedFrom, schemaFiles }) => ({
      id: `${found.dialect}/${found.database}`,
      dialect: found.dialect,
      database: found.database,
      schemaFiles,
      migrationsDir: project.migrations.dir.expand(found),
      migrationFiles: found.migrations,
      headMigrationFiles: found.headMigrations,
      sqlcSchema: sqlcSchemaPath(project, found.dialect, found.database),
      hasSqlcSchema: found.sqlc,
      derivedFrom,
    }));
}

interface Draft {
  readonly dialect: DialectName;
  readonly database: string;
  readonly schema: string[];
  readonly headSchema: string[];
  readonly migrations: string[];
  readonly headMigrations: string[];
  sqlc: boolean;
}
