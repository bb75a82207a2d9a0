import type { Project } from '../config/project.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget, StepGraph } from '../plan/steps.ts';
import type { Evidence, QueryEvidence, SchemaEvidence } from '../verdict/evidence.ts';
import { commentEvidence } from './comment-evidence.ts';
import { migrationsIn } from './migrations.ts';
import { overlapEvidence } from './overlap-evidence.ts';
import { type ParityGroups, parityCounterparts, parityEvidence, parityGroups } from './parity-evidence.ts';
import { parsedQueries, type QueryInput, type QueryReader, queryEvidence } from './query-evidence.ts';
import type { QueryFile } from './query-file.ts';
import type { SchemaModel } from './schema-model.ts';
import { readSchemas } from './schemas-read.ts';
import { keysOfModel, type TableKeys } from './table-keys.ts';

/** The files that people write for some targets. */
export interface SourceInput {
  readonly project: Project;
  readonly graph: StepGraph;
  /** Those of the graph that are judged. */
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes, at least of `sourcePaths` and of `parityPaths`. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The HCL files in their canonical layout, by path; what is not in it is not compared. Waited for last. */
  readonly formatted: Promise<ReadonlyMap<string, HclFormat>>;
  readonly readQueries: QueryReader;
  /** Takes each judged database as it is read, so that no two have to be in memory; without it they are in the result. */
  readonly seeSchema?: ((found: SchemaEvidence) => void) | undefined;
}

/** What has to be read of a snapshot to judge the sources of some targets. */
export function sourcePaths(targets: readonly PlannedTarget[]): readonly string[] {
  return targets.flatMap((target) =>
    target.kind === 'sqlc'
      ? [target.id, ...target.queryFiles, ...target.schemaFiles]
      : [...target.target.schemaFiles, ...target.target.migrationFiles],
  );
}

/** What the rules on sources judge by: all that can be known without a step, a server or git. */
export async function gatherSources(input: SourceInput): Promise<readonly Evidence[]> {
  const { project, graph, targets, files } = input;
  const judged = new Set(targets.map(({ id }) => id));
  const groups = parityGroups(project, graph, judged);
  const read = [...new Set([...targets, ...parityCounterparts(groups)])];
  const [schemas, parsed, comments] = await Promise.all([
    schemaEvidence(read, groups, input),
    parsedByConfig(read, input),
    commentEvidence(targets, files),
  ]);
  const formatted = await input.formatted;
  const queries = await queriesByTarget(read, { ...input, tables: schemas.tables }, parsed);
  const queryFiles = new Map(
    [...queries].map(([id, entries]) => [id, [...new Set(entries.flatMap((entry) => entry.files))]]),
  );
  return [
    ...overlapEvidence(project, graph, judged),
    ...targetEvidence(input, formatted),
    ...schemas.evidence,
    ...targets.flatMap(({ id }) => queries.get(id) ?? []),
    ...comments,
    ...parityEvidence(groups, schemas.models, queryFiles),
  ];
}

function targetEvidence(
  { targets, files }: SourceInput,
  formatted: ReadonlyMap<string, HclFormat>,
): readonly Evidence[] {
  const file = (path: string) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) });
  return targets.flatMap((target): readonly Evidence[] => {
    if (target.kind !== 'database') return [];
    const schemas = target.target.schemaFiles.map((path) => {
      const result = formatted.get(path);
      return { ...file(path), formatted: result?.kind === 'formatted' ? result.bytes : null };
    });
    return [
      { kind: 'format', id: target.id, files: schemas },
      { kind: 'migrations', id: target.id, target: target.target, files: migrationsIn(target.target, files) },
    ];
  });
}

/** What is left of the schemas once they are read. */
interface ReadSchemas {
  readonly evidence: readonly SchemaEvidence[];
  /** The models that others are held against, by target. */
  readonly models: ReadonlyMap<string, SchemaModel>;
  readonly tables: QueryInput['tables'];
}

async function schemaEvidence(
  read: readonly PlannedTarget[],
  { schemas }: ParityGroups,
  { graph, targets, files, formatted, seeSchema }: SourceInput,
): Promise<ReadSchemas> {
  const dialects = [
    ...new Set(graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [] : [target.target.dialect]))),
  ];
  const judged = new Set(targets.map(({ id }) => id));
  const compared = new Set(schemas.flat().map(({ id }) => id));
  const evidence: SchemaEvidence[] = [];
  const see = seeSchema ?? ((found) => evidence.push(found));
  const models = new Map<string, SchemaModel>();
  const tables = new Map<string, readonly TableKeys[] | null>();
  const databases = read.filter((target) => target.kind === 'database');
  const isHeld = seeSchema === undefined;
  await readSchemas(
    databases,
    { files, formatted, isHeld },
    ({ id, target: { dialect, sqlcSchema } }, model) => {
      if (judged.has(id)) see({ kind: 'schema', id, dialect, dialects, model });
      if (compared.has(id)) models.set(id, model);
      const isRead = model.files.every(({ problem }) => problem === null);
      tables.set(sqlcSchema, isRead ? keysOfModel(model) : null);
    },
  );
  return { evidence, models, tables };
}

async function parsedByConfig(
  targets: readonly PlannedTarget[],
  input: SourceInput,
): Promise<ReadonlyMap<string, ReadonlyMap<string, QueryFile>>> {
  const configs = targets.filter((target) => target.kind === 'sqlc');
  const read = configs.map(async (steps) => [steps.id, await parsedQueries(steps, input)] as const);
  return new Map(await Promise.all(read));
}

async function queriesByTarget(
  targets: readonly PlannedTarget[],
  input: QueryInput,
  parsed: ReadonlyMap<string, ReadonlyMap<string, QueryFile>>,
): Promise<ReadonlyMap<string, readonly QueryEvidence[]>> {
  const configs = targets.filter((target) => target.kind === 'sqlc');
  const read = configs.map(
    async (steps) =>
      [steps.id, await queryEvidence(steps, input, parsed.get(steps.id) ?? new Map())] as const,
  );
  return new Map(await Promise.all(read));
}
