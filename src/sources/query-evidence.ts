import type { DialectName, Project } from '../config/project.ts';
import type { SqlcEntry } from '../config/sqlc-config.ts';
import type { SqlcSteps } from '../plan/steps.ts';
import type { SourceFile } from '../steps/step-result.ts';
import type { QueryEvidence } from '../verdict/evidence.ts';
import { formatQueries } from './format-queries.ts';
import type { QueryFile } from './query-file.ts';
import { isOfOneRow } from './query-names.ts';
import { keysOfSql, type TableKeys } from './table-keys.ts';

/** sqlc's word for a dialect, and ours. */
export const DIALECT_OF_ENGINE: Readonly<Record<SqlcEntry['engine'], DialectName>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
};

/** Query files that somebody has still to read. */
type UnreadQueries = Pick<QueryFile, 'path' | 'bytes' | 'dialect'>;

/**
 * Reads the query files of a configuration, in order, each as `readQueryFile` does.
 *
 * @param name of the configuration, or of the part of it that is read
 */
export type QueryReader = (name: string, files: readonly UnreadQueries[]) => Promise<readonly QueryFile[]>;

export interface QueryInput {
  readonly readQueries: QueryReader;
  readonly project: Pick<Project, 'format'>;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The tables of the databases whose HCL is read, by the path of the sqlc schema; null where some of it is no HCL. */
  readonly tables: ReadonlyMap<string, readonly TableKeys[] | null>;
}

/** The query files of a configuration by dialect and path; one that several entries read is parsed once. */
export async function parsedQueries(
  { id, config, entries, narrowed }: SqlcSteps,
  { files, readQueries }: Pick<QueryInput, 'files' | 'readQueries'>,
): Promise<ReadonlyMap<string, QueryFile>> {
  const named = new Map(
    config.entries.flatMap(({ engine }, at) => {
      const dialect = DIALECT_OF_ENGINE[engine];
      return (entries[at]?.queryFiles ?? []).map((path): [string, UnreadQueries] => [
        `${dialect}:${path}`,
        { path, dialect, bytes: files.get(path) ?? Buffer.alloc(0) },
      ]);
    }),
  );
  // What is known of all entries is neither looked through for some of them nor lost to them.
  const name = narrowed === true ? [id, ...config.entries.map(({ index }) => index)].join(' ') : id;
  const read = await readQueries(name, [...named.values()]);
  return new Map(read.map((file) => [`${file.dialect}:${file.path}`, file]));
}

/**
 * The queries of each entry of a configuration.
 *
 * @param parsed what `parsedQueries` gives for it
 */
export async function queryEvidence(
  { id, config, entries }: SqlcSteps,
  input: QueryInput,
  parsed: ReadonlyMap<string, QueryFile>,
): Promise<readonly QueryEvidence[]> {
  const { files, project } = input;
  return Promise.all(
    config.entries.map(async ({ engine }, at): Promise<QueryEvidence> => {
      const dialect = DIALECT_OF_ENGINE[engine];
      const { queryFiles = [], schemaFiles = [] } = entries[at] ?? {};
      const queries = queryFiles.flatMap((path) => parsed.get(`${dialect}:${path}`) ?? []);
      const asksKeys = dialect === 'postgres' && queries.some(dependsOnKeys);
      return {
        kind: 'queries',
        id,
        dialect,
        files: queries,
        schemas: present(schemaFiles, files),
        tables: asksKeys ? await tablesOf(schemaFiles, input) : null,
        formatted:
          project.format.queries === null ? new Map() : await formatQueries(queries, project.format.queries),
      };
    }),
  );
}

function present(paths: readonly string[], files: ReadonlyMap<string, Buffer>): readonly SourceFile[] {
  return paths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes === undefined ? [] : [{ path, bytes }];
  });
}

/** Whether the schema tells how many rows a query of one row gives. */
function dependsOnKeys({ statements }: QueryFile): boolean {
  return statements.some(({ facts, nameLine }) => facts?.rows.kind === 'by-key' && isOfOneRow(nameLine));
}

/** A database is read from its HCL, which its sqlc schema may lag behind; what people write in SQL, from that. */
async function tablesOf(
  schemaFiles: readonly string[],
  { files, tables: known }: QueryInput,
): Promise<readonly TableKeys[] | null> {
  const tables: TableKeys[] = [];
  for (const path of schemaFiles) {
    const bytes = files.get(path);
    const made = known.get(path);
    const read =
      made === undefined && bytes !== undefined ? await keysOfSql(bytes.toString()) : (made ?? null);
    // What a file holds that can't be read is not known: a key may be in it.
    if (read === null) return null;
    tables.push(...read);
  }
  return tables;
}
