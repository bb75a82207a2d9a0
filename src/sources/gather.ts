import type { Project } from '../config/project.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget, StepGraph } from '../plan/steps.ts';
import type { Evidence, QueryEvidence } from '../verdict/evidence.ts';
import { commentEvidence } from './comment-evidence.ts';
import { migrationsIn } from './migrations.ts';
import { overlapEvidence } from './overlap-evidence.ts';
import { parityCounterparts, parityEvidence, parityGroups } from './parity-evidence.ts';
import { parsedQueries, type QueryInput, type QueryReader, queryEvidence } from './query-evidence.ts';
import type { QueryFile } from './query-file.ts';
import { readSchemaModel } from './read-schema-model.ts';
import type { SchemaFile, SchemaModel } from './schema-model.ts';

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
  const [models, parsed, comments] = await Promise.all([
    schemaModels(read, input),
    parsedByConfig(read, input),
    commentEvidence(targets, files),
  ]);
  const formatted = await input.formatted;
  const queries = await queriesByTarget(read, { ...input, models }, parsed);
  const queryFiles = new Map(
    [...queries].map(([id, entries]) => [id, [...new Set(entries.flatMap((entry) => entry.files))]]),
  );
  return [
    ...overlapEvidence(project, graph, judged),
    ...targetEvidence(input, formatted),
    ...schemaEvidence(input, models),
    ...targets.flatMap(({ id }) => queries.get(id) ?? []),
    ...comments,
    ...parityEvidence(groups, models, queryFiles),
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

function schemaEvidence(
  { graph, targets }: SourceInput,
  models: ReadonlyMap<string, SchemaModel>,
): readonly Evidence[] {
  const dialects = [
    ...new Set(graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [] : [target.target.dialect]))),
  ];
  return targets.flatMap((target): readonly Evidence[] => {
    const model = models.get(target.id);
    if (target.kind !== 'database' || model === undefined) return [];
    return [{ kind: 'schema', id: target.id, dialect: target.target.dialect, dialects, model }];
  });
}

async function schemaModels(
  targets: readonly PlannedTarget[],
  { files, formatted }: SourceInput,
): Promise<ReadonlyMap<string, SchemaModel>> {
  const databases = targets.filter((target) => target.kind === 'database');
  const models = databases.map(async ({ id, target }) => {
    const sources = target.schemaFiles.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) }));
    const model = await readSchemaModel(sources);
    const exact = await formatted;
    const problems = model.files.map((file) => ({ ...file, problem: exactProblem(file, exact) }));
    return [id, { ...model, files: problems }] as const;
  });
  return new Map(await Promise.all(models));
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

/** Atlas's own parser is the stricter one, and knows better where a file stops being HCL. */
function exactProblem(
  { path, problem }: SchemaFile,
  formatted: ReadonlyMap<string, HclFormat>,
): SchemaFile['problem'] {
  const result = formatted.get(path);
  if (result?.kind !== 'invalid') return problem;
  const { line, column, message } = result;
  return { location: { path, line, column }, message };
}
