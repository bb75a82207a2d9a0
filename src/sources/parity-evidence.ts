import { DIALECTS, type DialectName } from '../config/dialect-names.ts';
import { globMatcher } from '../config/glob.ts';
import type { Project } from '../config/project.ts';
import type { DatabaseSteps, PlannedTarget, SqlcSteps, StepGraph } from '../plan/steps.ts';
import type { Evidence, ParityQuery } from '../verdict/evidence.ts';
import type { QueryFile } from './query-file.ts';
import { queryNames } from './query-names.ts';
import type { SchemaModel } from './schema-model.ts';

/** What belongs together across dialects: a database, or a set of configurations that one pattern names. */
export interface ParityGroups {
  /** Each in the order of the dialects. */
  readonly schemas: readonly (readonly DatabaseSteps[])[];
  readonly queries: readonly (readonly DialectConfig[])[];
}

interface DialectConfig {
  readonly dialect: DialectName;
  readonly steps: SqlcSteps;
}

/**
 * The counterparts of targets in the other dialects, with the targets themselves: for one database each dialect that
 * people write HCL for, and the configurations that one pattern with `{dialect}` in it matches.
 *
 * @param judged ids of targets
 */
export function parityGroups(project: Project, graph: StepGraph, judged: ReadonlySet<string>): ParityGroups {
  const databases = graph.targets.filter((target) => target.kind === 'database');
  const names = new Set(databases.filter(({ id }) => judged.has(id)).map(({ target }) => target.database));
  const byId = new Map(databases.map((steps) => [steps.id, steps]));
  const schemas = [...names]
    .map((name) => DIALECTS.flatMap((dialect) => byId.get(`${dialect}/${name}`) ?? []))
    .filter((members) => members.length > 1);
  const queries = configsByDialect(project, graph).filter(
    (members) => members.length > 1 && members.some(({ steps }) => judged.has(steps.id)),
  );
  return { schemas, queries };
}

function configsByDialect(project: Project, graph: StepGraph): readonly (readonly DialectConfig[])[] {
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

/** The targets that have to be read besides the judged ones, so that those can be held against them. */
export function parityCounterparts(groups: ParityGroups): readonly (DatabaseSteps | SqlcSteps)[] {
  return [...groups.schemas.flat(), ...groups.queries.flat().map(({ steps }) => steps)];
}

/** What has to be read of a snapshot to hold targets against their counterparts. */
export function parityPaths(
  project: Project,
  graph: StepGraph,
  targets: readonly PlannedTarget[],
): readonly string[] {
  const groups = parityGroups(project, graph, new Set(targets.map(({ id }) => id)));
  return parityCounterparts(groups).flatMap((target) =>
    target.kind === 'sqlc' ? target.queryFiles : target.target.schemaFiles,
  );
}

/**
 * What dialects have in common. A database of which some HCL can't be read is held against none, since what it seems
 * to lack may stand in what can't be read.
 *
 * @param models by the id of the database
 * @param queryFiles by the id of the configuration
 */
export function parityEvidence(
  { schemas, queries }: ParityGroups,
  models: ReadonlyMap<string, SchemaModel>,
  queryFiles: ReadonlyMap<string, ReadonlySet<QueryFile>>,
): readonly Evidence[] {
  return [
    ...schemas.flatMap((members): readonly Evidence[] => {
      const dialects = members.flatMap(({ id, target: { dialect } }) => {
        const model = models.get(id);
        return model === undefined ? [] : [{ dialect, id, model }];
      });
      const isWhole = dialects.every(({ model }) => model.files.every(({ problem }) => problem === null));
      return isWhole ? [{ kind: 'schema-parity', id: dialects[0]?.id ?? '', dialects }] : [];
    }),
    ...queries.map((members): Evidence => {
      const dialects = members.map(({ dialect, steps: { id } }) => ({
        ...{ dialect, id },
        queries: [...(queryFiles.get(id) ?? [])].flatMap(queriesOf),
      }));
      return { kind: 'query-parity', id: dialects[0]?.id ?? '', dialects };
    }),
  ];
}

/** All that are named, also in lines that sqlc refuses: those are there, though they are to be mended. */
function queriesOf({ path, bytes, statements }: QueryFile): readonly ParityQuery[] {
  const parameters = new Map(
    statements.flatMap(({ nameLine, parameters: found, facts }) =>
      nameLine?.kind === 'name' && facts !== null ? [[nameLine.name, found]] : [],
    ),
  );
  return queryNames(bytes).map(({ name, command, line, column }) => ({
    ...{ name, command, location: { path, line, column } },
    parameters: parameters.get(name) ?? null,
  }));
}
