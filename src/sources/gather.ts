import type { Project } from '../config/project.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget, StepGraph } from '../plan/steps.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { commentEvidence } from './comment-evidence.ts';
import { migrationsIn } from './migrations.ts';
import { overlapEvidence } from './overlap-evidence.ts';
import { queryEvidence } from './query-evidence.ts';
import { readSchemaModel } from './read-schema-model.ts';
import type { SchemaFile } from './schema-model.ts';

/** The files that people write for some targets. */
export interface SourceInput {
  readonly project: Project;
  readonly graph: StepGraph;
  /** Those of the graph that are judged. */
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes, at least of `sourcePaths`. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The HCL files in their canonical layout, by path; what is not in it is not compared. */
  readonly formatted: ReadonlyMap<string, HclFormat>;
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
  const queries = targets.map((target) => (target.kind === 'sqlc' ? queryEvidence(target, files) : []));
  return [
    ...overlapEvidence(project, graph, judged),
    ...targetEvidence(input),
    ...(await schemaEvidence(input)),
    ...(await Promise.all(queries)).flat(),
    ...(await commentEvidence(targets, files)),
  ];
}

function targetEvidence({ targets, files, formatted }: SourceInput): readonly Evidence[] {
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

async function schemaEvidence({
  graph,
  targets,
  files,
  formatted,
}: SourceInput): Promise<readonly Evidence[]> {
  const dialects = [
    ...new Set(graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [] : [target.target.dialect]))),
  ];
  const databases = targets.filter((target) => target.kind === 'database');
  return Promise.all(
    databases.map(async ({ id, target }): Promise<Evidence> => {
      const sources = target.schemaFiles.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) }));
      const model = await readSchemaModel(sources);
      const problems = model.files.map((file) => ({ ...file, problem: exactProblem(file, formatted) }));
      return { kind: 'schema', id, dialect: target.dialect, dialects, model: { ...model, files: problems } };
    }),
  );
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
