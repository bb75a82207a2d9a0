import type { DialectName, Project } from '../config/project.ts';
import type { SqlcEntry } from '../config/sqlc-config.ts';
import type { SqlcSteps, StepGraph } from '../plan/steps.ts';
import type { SourceFile } from '../steps/step-result.ts';
import type { QueryEvidence } from '../verdict/evidence.ts';
import { formatQueries } from './format-queries.ts';
import { type QueryFile, readQueryFile } from './query-file.ts';
import { isOfOneRow } from './query-names.ts';
import type { SchemaModel } from './schema-model.ts';
import { keysOfModel, keysOfSql, type TableKeys } from './table-keys.ts';

/** sqlc's word for a dialect, and ours. */
export const DIALECT_OF_ENGINE: Readonly<Record<SqlcEntry['engine'], DialectName>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
};

export interface QueryInput {
  readonly project: Pick<Project, 'format'>;
  readonly graph: StepGraph;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The databases whose HCL is read, by target. */
  readonly models: ReadonlyMap<string, SchemaModel>;
}

/** The queries of each entry of a configuration; a file that several entries read is parsed once. */
export async function queryEvidence(
  { id, config, entries }: SqlcSteps,
  input: QueryInput,
): Promise<readonly QueryEvidence[]> {
  const { files, project } = input;
  const parsed = new Map<string, Promise<QueryFile>>();
  const read = (path: string, dialect: DialectName): Promise<QueryFile> => {
    const key = `${dialect}:${path}`;
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const file = readQueryFile(path, files.get(path) ?? Buffer.alloc(0), dialect);
    parsed.set(key, file);
    return file;
  };
  return Promise.all(
    config.entries.map(async ({ engine, index }): Promise<QueryEvidence> => {
      const dialect = DIALECT_OF_ENGINE[engine];
      const { queryFiles = [], schemaFiles = [] } = entries[index] ?? {};
      const queries = await Promise.all(queryFiles.map((path) => read(path, dialect)));
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
  { graph, files, models }: QueryInput,
): Promise<readonly TableKeys[] | null> {
  const tables: TableKeys[] = [];
  for (const path of schemaFiles) {
    const made = graph.targets.find(
      ({ kind, ...rest }) => kind === 'database' && 'target' in rest && rest.target.sqlcSchema === path,
    );
    const model = made === undefined ? undefined : models.get(made.id);
    const bytes = files.get(path);
    // What a file holds that is not HCL is not known: a key may be in it.
    if (model?.files.some(({ problem }) => problem !== null)) return null;
    const read =
      model === undefined
        ? bytes === undefined
          ? null
          : await keysOfSql(bytes.toString())
        : keysOfModel(model);
    if (read === null) return null;
    tables.push(...read);
  }
  return tables;
}
