import type { Project } from '../config/project.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { DatabaseSteps, PlannedTarget, SqlcSteps, StepGraph } from '../plan/steps.ts';
import type {
  Evidence,
  FormatEvidence,
  MigrationsEvidence,
  QueryEvidence,
  SchemaEvidence,
} from '../verdict/evidence.ts';
import { commentEvidence } from './comment-evidence.ts';
import { migrationsIn } from './migrations.ts';
import { overlapEvidence } from './overlap-evidence.ts';
import { type ParityGroups, parityCounterparts, parityEvidence, parityGroups } from './parity-evidence.ts';
import {
  type QueryFiles,
  type QueryInput,
  type QueryReader,
  queryEvidence,
  queryFilesOf,
} from './query-evidence.ts';
import type { QueryFile } from './query-file.ts';
import type { SchemaModel } from './schema-model.ts';
import { readSchemas } from './schemas-read.ts';
import { keysOfModel, type TableKeys } from './table-keys.ts';

/** How many query files are read ahead; what is read off one takes several times its text, so that not all are held at once. */
const AHEAD = 64;

/** What is known of one source by itself. */
export type SeenEvidence = SchemaEvidence | QueryEvidence | FormatEvidence | MigrationsEvidence;

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
  /**
   * Takes what is known of each judged source as it is read, so that no two have to be in memory; without it all is in the
   * result. Queries of which some can't be read are there in any case, since it is sqlc that has the last word about those.
   */
  readonly see?: ((found: SeenEvidence) => void) | undefined;
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
  const configs = read
    .filter((target) => target.kind === 'sqlc')
    .map((steps) => ({ steps, queries: queryFilesOf(steps, input) }));
  const held: SeenEvidence[] = [];
  const see = input.see ?? ((found) => held.push(found));
  const [schemas, comments] = await Promise.all([
    readDatabases(read, groups, input, see),
    commentEvidence(targets, files),
    readAhead(configs),
  ]);
  const formatted = await input.formatted;
  for (const target of targets) {
    if (target.kind !== 'database') continue;
    see(formatEvidence(target, files, formatted));
    see({
      kind: 'migrations',
      id: target.id,
      target: target.target,
      files: migrationsIn(target.target, files),
    });
  }
  const compared = new Set(groups.queries.flat().map(({ steps: { id } }) => id));
  const comparedFiles = new Map<string, Set<QueryFile>>();
  for (const { steps, queries } of configs) {
    const { id, config } = steps;
    const filesOfConfig = new Set<QueryFile>();
    for (const at of config.entries.keys()) {
      const ofEntry = await queries.of(at);
      if (compared.has(id)) for (const file of ofEntry) filesOfConfig.add(file);
      if (!judged.has(id)) continue;
      const found = await queryEvidence(steps, at, ofEntry, { ...input, tables: schemas.tables });
      if (ofEntry.every(({ problems }) => problems.length === 0)) see(found);
      else held.push(found);
    }
    comparedFiles.set(id, filesOfConfig);
    await queries.close();
  }
  return [
    ...overlapEvidence(project, graph, judged),
    ...held,
    ...comments,
    ...parityEvidence(groups, schemas.models, comparedFiles),
  ];
}

/** While Atlas is at work, and so that the parser is there. */
async function readAhead(
  configs: readonly { readonly steps: SqlcSteps; readonly queries: QueryFiles }[],
): Promise<void> {
  let left = AHEAD;
  const reading: Promise<void>[] = [];
  for (const { steps, queries } of configs) {
    if (left <= 0) break;
    reading.push(queries.ahead(left));
    left -= steps.queryFiles.length;
  }
  await Promise.all(reading);
}

function formatEvidence(
  { id, target }: DatabaseSteps,
  files: ReadonlyMap<string, Buffer>,
  formatted: ReadonlyMap<string, HclFormat>,
): FormatEvidence {
  const schemas = target.schemaFiles.map((path) => {
    const result = formatted.get(path);
    return {
      path,
      bytes: files.get(path) ?? Buffer.alloc(0),
      formatted: result?.kind === 'formatted' ? result.bytes : null,
    };
  });
  return { kind: 'format', id, files: schemas };
}

/** What is left of the schemas once they are read. */
interface ReadDatabases {
  /** The models that others are held against, by target. */
  readonly models: ReadonlyMap<string, SchemaModel>;
  readonly tables: QueryInput['tables'];
}

async function readDatabases(
  read: readonly PlannedTarget[],
  { schemas }: ParityGroups,
  { graph, targets, files, formatted, see: seeEach }: SourceInput,
  see: (found: SchemaEvidence) => void,
): Promise<ReadDatabases> {
  const dialects = [
    ...new Set(graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [] : [target.target.dialect]))),
  ];
  const judged = new Set(targets.map(({ id }) => id));
  const compared = new Set(schemas.flat().map(({ id }) => id));
  const models = new Map<string, SchemaModel>();
  const tables = new Map<string, readonly TableKeys[] | null>();
  const databases = read.filter((target) => target.kind === 'database');
  const isHeld = seeEach === undefined;
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
  return { models, tables };
}
