import { basename, dirname, join } from 'node:path/posix';
import type { DialectName, Project } from '../config/project.ts';
import { comparePaths } from '../git/path-bytes.ts';
import { matchMigration, matchSchema, matchSqlcSchema } from './matched-paths.ts';

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
  snapshotPaths: readonly string[],
  headPaths: readonly string[],
): readonly DatabaseTarget[] {
  const drafts = new Map<string, Draft>();
  const draft = (found: { dialect: DialectName; database: string }): Draft => {
    const id = `${found.dialect}/${found.database}`;
    const known = drafts.get(id);
    if (known !== undefined) return known;
    const made: Draft = {
      ...found,
      schema: [],
      headSchema: [],
      migrations: [],
      headMigrations: [],
      sqlc: false,
    };
    drafts.set(id, made);
    return made;
  };
  const place = (path: string, isIn: { readonly snapshot: boolean; readonly head: boolean }): void => {
    const schema = matchSchema(project, path);
    if (schema !== null) {
      const to = draft(schema);
      if (isIn.snapshot) to.schema.push(path);
      if (isIn.head) to.headSchema.push(path);
    }
    const migration = matchMigration(project, path);
    if (migration !== null) {
      const to = draft(migration);
      if (isIn.snapshot) to.migrations.push(path);
      if (isIn.head) to.headMigrations.push(path);
    }
    const sqlcSchema = matchSqlcSchema(project, path);
    if (sqlcSchema !== null) draft(sqlcSchema).sqlc = true;
  };
  const [inSnapshot, inHead] = [new Set(snapshotPaths), new Set(headPaths)];
  // Most paths are in both trees, and are looked at once.
  for (const path of snapshotPaths) place(path, { snapshot: true, head: inHead.has(path) });
  for (const path of headPaths) if (!inSnapshot.has(path)) place(path, { snapshot: false, head: true });
  const planned = new Set(
    [...drafts.values()]
      .filter((found) => found.schema.length + found.headSchema.length > 0)
      .map((found) => found.dialect),
  );
  const sourceOf = (found: Draft): DialectName | undefined => {
    const source = planned.has(found.dialect) ? undefined : project.derive.get(found.dialect);
    return source !== undefined && planned.has(source) ? source : undefined;
  };
  for (const [dialect, source] of project.derive) {
    for (const found of [...drafts.values()]) {
      if (found.dialect === source && planned.has(source)) draft({ dialect, database: found.database });
    }
  }
  const order = databaseOrder(project);
  return [...drafts.values()]
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
      const schema = derivedFrom === null ? found.schema : (drafts.get(derivedFrom)?.schema ?? []);
      return { found, derivedFrom, schemaFiles: schema.toSorted(comparePaths) };
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
