import { globMatcher } from '../config/glob.ts';
import { DIALECTS, type DialectName } from '../config/project.ts';
import { findHclBlocks } from '../format/hcl-syntax.ts';
import type { DatabaseSteps, PlannedTarget, SqlcSteps } from '../plan/steps.ts';
import { queryNames } from '../sources/query-names.ts';
import type { Evidence, TableShape } from '../verdict/evidence.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

/**
 * What dialects have in common: for the judged targets and for their counterparts in other dialects, the tables that
 * people write in HCL and the names of the queries. Needs no tool and no database.
 */
export async function parityEvidence(
  open: OpenProject,
  judged: readonly PlannedTarget[],
): Promise<readonly Evidence[]> {
  const ids = new Set(judged.map(({ id }) => id));
  const databases = open.graph.targets.filter((target) => target.kind === 'database');
  const names = new Set(databases.filter(({ id }) => ids.has(id)).map(({ target }) => target.database));
  const schemas = [...names]
    .map((name) => databases.filter(({ target }) => target.database === name))
    .filter((members) => members.length > 1);
  const configs = configsByDialect(open).filter(
    (members) => members.length > 1 && members.some(({ steps }) => ids.has(steps.id)),
  );
  return Promise.all([
    ...schemas.map((members) => schemaParity(open, members)),
    ...configs.map((members) => queryParity(open, members)),
  ]);
}

interface DialectConfig {
  readonly dialect: DialectName;
  readonly steps: SqlcSteps;
}

/** Configurations that one pattern with `{dialect}` in it matches belong together. */
function configsByDialect({ project, graph }: OpenProject): readonly (readonly DialectConfig[])[] {
  const sqlc = graph.targets.filter((target) => target.kind === 'sqlc');
  const items = project.sqlcConfigItems.filter(({ source }) => source.includes('{dialect}'));
  return items.map(({ patterns }) =>
    patterns.flatMap((pattern, index) => {
      const dialect = DIALECTS[index];
      const matches = globMatcher(pattern);
      return dialect === undefined
        ? []
        : sqlc.filter(({ id }) => matches(id)).map((steps) => ({ dialect, steps }));
    }),
  );
}

async function schemaParity(open: OpenProject, members: readonly DatabaseSteps[]): Promise<Evidence> {
  const files = await readPresent(
    open.snapshot,
    members.flatMap(({ target }) => target.schemaFiles),
  );
  const dialects = await Promise.all(
    members.map(async ({ id, target }) => {
      const tables = await Promise.all(
        target.schemaFiles.map((path) => tablesOf(path, files.get(path) ?? Buffer.alloc(0))),
      );
      return { dialect: target.dialect, id, tables: tables.flat() };
    }),
  );
  return { kind: 'schema-parity', id: dialects[0]?.id ?? '', dialects };
}

async function tablesOf(path: string, bytes: Buffer): Promise<readonly TableShape[]> {
  const blocks = (await findHclBlocks(bytes)).map(({ type, labels, line, column }) => ({
    type,
    labels,
    location: { path, line, column },
  }));
  return blocks.flatMap(({ type, labels: [name, ...inner], location }) => {
    if (type !== 'table' || name === undefined || inner.length > 0) return [];
    const columns = blocks.flatMap(({ type: kind, labels: [table, column, ...deeper], location: place }) =>
      kind === 'column' && table === name && column !== undefined && deeper.length === 0
        ? [{ name: column, location: place }]
        : [],
    );
    return [{ name, location, columns }];
  });
}

async function queryParity(open: OpenProject, members: readonly DialectConfig[]): Promise<Evidence> {
  const files = await readPresent(
    open.snapshot,
    members.flatMap(({ steps }) => steps.queryFiles),
  );
  const dialects = members.map(({ dialect, steps }) => ({
    dialect,
    id: steps.id,
    queries: steps.queryFiles.flatMap((path) =>
      queryNames(files.get(path) ?? Buffer.alloc(0)).map(({ name, command, line, column }) => ({
        name,
        command,
        location: { path, line, column },
      })),
    ),
  }));
  return { kind: 'query-parity', id: dialects[0]?.id ?? '', dialects };
}
