import type { DialectName } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import type { SqlcEntry } from '../config/sqlc-config.ts';
import type { SqlcSteps } from '../plan/steps.ts';
import type { SourceFile } from '../steps/step-result.ts';
import type { QueryEvidence } from '../verdict/evidence.ts';
import { formatQueries } from './format-queries.ts';
import type { QueryFile } from './query-file.ts';
import { isOfOneRow } from './query-names.ts';
import { readQueryFile } from './read-query-file.ts';
import { keysOfSql, type TableKeys } from './table-keys.ts';

/** sqlc's word for a dialect, and ours. */
export const DIALECT_OF_ENGINE: Readonly<Record<SqlcEntry['engine'], DialectName>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
};

/** A query file that somebody has still to read. */
type UnreadQueries = Pick<QueryFile, 'path' | 'bytes' | 'dialect'>;

/** A configuration whose query files are being read. */
interface OpenQueries {
  /** Reads one as `readQueryFile` does. */
  read(file: UnreadQueries): Promise<QueryFile>;
  /** Told once all are read. */
  close(): Promise<void>;
}

/**
 * Begins to read the query files of a configuration.
 *
 * @param name of the configuration, or of the part of it that is read
 */
export type QueryReader = (name: string) => Promise<OpenQueries>;

/** A reader that takes nothing from earlier runs and leaves nothing. */
export const readAnew: QueryReader = async () => ({
  read: ({ path, bytes, dialect }) => readQueryFile(path, bytes, dialect),
  close: async () => {},
});

export interface QueryInput {
  readonly readQueries: QueryReader;
  readonly project: Pick<Project, 'format'>;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The tables of the databases whose HCL is read, by the path of the sqlc schema; null where some of it is no HCL. */
  readonly tables: ReadonlyMap<string, readonly TableKeys[] | null>;
}

/** The query files of one configuration, read as somebody asks for them; one that several entries read is read once. */
export interface QueryFiles {
  /** Reads so many of them before they are asked for. */
  ahead(most: number): Promise<void>;
  /** What an entry reads, in order; asked for once. */
  of(entry: number): Promise<readonly QueryFile[]>;
  /** Told once nobody asks any more. */
  close(): Promise<void>;
}

/** The query files of a configuration. What is read off one is held from when it is read until the last entry has it. */
export function queryFilesOf(
  { id, config, entries, narrowed }: SqlcSteps,
  { files, readQueries }: Pick<QueryInput, 'files' | 'readQueries'>,
): QueryFiles {
  const unread = config.entries.map(({ engine }, at): readonly UnreadQueries[] => {
    const dialect = DIALECT_OF_ENGINE[engine];
    const paths = entries[at]?.queryFiles ?? [];
    return paths.map((path) => ({ path, dialect, bytes: files.get(path) ?? Buffer.alloc(0) }));
  });
  const readers = new Map<string, number>();
  for (const file of unread.flat()) readers.set(keyOf(file), (readers.get(keyOf(file)) ?? 0) + 1);
  // What is known of all entries is neither looked through for some of them nor lost to them.
  const name = narrowed === true ? [id, ...config.entries.map(({ index }) => index)].join(' ') : id;
  let opened: Promise<OpenQueries> | null = null;
  const held = new Map<string, Promise<QueryFile>>();
  const hold = (file: UnreadQueries): Promise<QueryFile> => {
    opened ??= readQueries(name);
    const reading = held.get(keyOf(file)) ?? opened.then(({ read }) => read(file));
    held.set(keyOf(file), reading);
    return reading;
  };
  const handOver = (file: UnreadQueries): Promise<QueryFile> => {
    const key = keyOf(file);
    const reading = hold(file);
    const left = (readers.get(key) ?? 1) - 1;
    readers.set(key, left);
    if (left === 0) held.delete(key);
    return reading;
  };
  return {
    async ahead(most) {
      await Promise.all(unread.flat().slice(0, most).map(hold));
    },
    of: (entry) => Promise.all((unread[entry] ?? []).map(handOver)),
    async close() {
      await (await opened)?.close();
    },
  };
}

function keyOf({ dialect, path }: UnreadQueries): string {
  return `${dialect}:${path}`;
}

/**
 * The queries of one entry of a configuration.
 *
 * @param at its index in `steps.config.entries`
 * @param queries its files, in order
 */
export async function queryEvidence(
  { id, config, entries }: SqlcSteps,
  at: number,
  queries: readonly QueryFile[],
  input: QueryInput,
): Promise<QueryEvidence> {
  const { files, project } = input;
  const dialect = DIALECT_OF_ENGINE[config.entries[at]?.engine ?? 'postgresql'];
  const { schemaFiles = [] } = entries[at] ?? {};
  const asksTables = dialect === 'postgres' && queries.some(dependsOnTables);
  return {
    kind: 'queries',
    id,
    dialect,
    files: queries,
    schemas: present(schemaFiles, files),
    tables: asksTables ? await tablesOf(schemaFiles, input) : null,
    formatted:
      project.format.queries === null ? new Map() : await formatQueries(queries, project.format.queries),
  };
}

function present(paths: readonly string[], files: ReadonlyMap<string, Buffer>): readonly SourceFile[] {
  return paths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes === undefined ? [] : [{ path, bytes }];
  });
}

/** Whether the schema tells how many rows a query of one row gives, or whether a name is that of a column. */
function dependsOnTables({ statements }: QueryFile): boolean {
  return statements.some(
    ({ facts, nameLine }) =>
      (facts?.rows.kind === 'by-key' && isOfOneRow(nameLine)) || (facts?.swallowedSigns.length ?? 0) > 0,
  );
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
