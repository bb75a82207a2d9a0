import { basename } from 'node:path';
import { filesPart } from '../cache/digest.ts';
import type { Project } from '../config/project.ts';
import { dialectOf } from '../dialects/dialects.ts';
import type { Place } from '../errors.ts';
import { baselinePath } from '../plan/baseline.ts';
import type { DatabaseSteps } from '../plan/steps.ts';
import { extractSchema } from './atlas-extract.ts';
import { planMigration } from './atlas-plan.ts';
import { type BaselineStyle, baselineStyle } from './baseline-style.ts';
import { requireAtlasMigrations } from './foreign-migrations.ts';
import { onLiveServer } from './live-server.ts';
import { guarded, type RegenerateInput, type StepRun, type Unmade } from './regeneration.ts';
import { databaseFor, type PlanningServer, type ServerWords, serverWords } from './server-words.ts';
import { sharedIfEqual, sharedWhereEqual } from './shared-bytes.ts';
import { toolPart } from './step-inputs.ts';
import type { SourceFile } from './step-result.ts';
import { workspaceName } from './workspace-name.ts';

/** A database's regenerated migrations, with the style that they are written in. */
export interface PlanMade {
  readonly kind: 'made';
  readonly outputs: ReadonlyMap<string, Buffer>;
  readonly style: BaselineStyle;
  /** What stood in for the dialect's own server, with its version; null where nothing did. */
  readonly through: string | null;
}

/** A database's whole schema as SQL. */
export interface SchemaMade {
  readonly kind: 'made';
  readonly schema: Buffer;
}

/** Runs the step `plan` on a fresh database. */
export async function planDatabase(run: StepRun, steps: DatabaseSteps): Promise<PlanMade | Unmade> {
  const { input, limit } = run;
  const { providers, project } = input;
  const style = styleOf(input, steps);
  const { migrationsDir } = steps.target;
  const baseline = basename(baselinePath(steps.target, project.migrations.baseline));
  return guarded(async () => {
    requireAtlasMigrations(steps.target, input.files);
    const planned = await providers.memory.remembered<PlanMade | Unmade>({
      step: 'plan',
      targets: [steps.id],
      inputs: async () => {
        const made = await plannedOn(input, steps);
        return made && { ...made, style: { ...style }, migrationsDir, baseline };
      },
      make: async () => {
        const [atlas, { server, words }, workspace] = await Promise.all([
          providers.tool('atlas'),
          wordsOf(input, steps),
          providers.workspace(`plan-${workspaceName(steps.id)}`),
        ]);
        const devUrl = await databaseFor(words, server, { name: steps.id, qualified: style.qualified });
        const dialect = dialectOf(steps.target.dialect);
        const made = await onLiveServer(providers, steps.target.dialect, () =>
          limit(() =>
            planMigration({
              ...{ style, devUrl, workspace, atlas, dialect, words },
              formatPlace: formatPlace(project),
              migrationsDir,
              baseline,
            }),
          ),
        );
        return made.kind === 'made' ? { ...made, style, through: words.through } : made;
      },
      keep: (made) => (made.kind === 'made' ? { outputs: made.outputs, note: made.through } : null),
      revive: ({ outputs, note }) => ({ kind: 'made', outputs, style, through: note }),
    });
    return planned.kind === 'made'
      ? { ...planned, outputs: sharedWhereEqual(planned.outputs, input.files) }
      : planned;
  });
}

/** Runs the step `extract` on a fresh database: the replay of what was planned. */
export async function replayDatabase(
  run: StepRun,
  steps: DatabaseSteps,
  planned: PlanMade,
): Promise<SchemaMade | Unmade> {
  const { input, limit } = run;
  const { providers } = input;
  const { style, outputs: migrations } = planned;
  const { sqlcSchema } = steps.target;
  return guarded(async () => {
    const made = await providers.memory.remembered<SchemaMade>({
      step: 'extract',
      targets: [steps.id],
      inputs: async () => {
        const made = await plannedOn(input, steps);
        return made && { ...made, style: { ...style }, migrations: filesPart(migrations) };
      },
      make: async () => {
        const [atlas, { server, words }, workspace] = await Promise.all([
          providers.tool('atlas'),
          wordsOf(input, steps),
          providers.workspace(`extract-${workspaceName(steps.id)}`),
        ]);
        const devUrl = await databaseFor(words, server, { name: steps.id, qualified: style.qualified });
        const dialect = dialectOf(steps.target.dialect);
        const schema = await onLiveServer(providers, steps.target.dialect, () =>
          limit(() =>
            extractSchema({
              ...{ devUrl, atlas, workspace, style, words, migrations, dialect },
              formatPlace: formatPlace(input.project),
            }),
          ),
        );
        return { kind: 'made', schema: Buffer.from(schema) };
      },
      keep: ({ schema }) => ({ outputs: new Map([[sqlcSchema, schema]]), note: null }),
      revive: ({ outputs }) => ({ kind: 'made', schema: outputs.get(sqlcSchema) ?? Buffer.alloc(0) }),
    });
    return { ...made, schema: sharedIfEqual(made.schema, input.files.get(sqlcSchema)) };
  });
}

/** What both steps depend on; null where the tool or the server can't be told. The HCL decides how the server is spoken to. */
async function plannedOn({ files, providers }: RegenerateInput, { target }: DatabaseSteps) {
  const [atlas, server] = await Promise.all([
    providers.tool('atlas'),
    providers.serverIdentity(target.dialect),
  ]);
  const tool = toolPart(atlas);
  if (tool === null || server === null) return null;
  const sources = sourcesOf(files, target.schemaFiles).map(({ path, bytes }) => [path, bytes] as const);
  return { dialect: target.dialect, tool, server, sources: filesPart(sources) };
}

async function wordsOf(
  { files, providers }: RegenerateInput,
  { target }: DatabaseSteps,
): Promise<{ server: PlanningServer; words: ServerWords }> {
  const server = await providers.server(target.dialect);
  const sources = sourcesOf(files, target.schemaFiles);
  return { server, words: await serverWords(dialectOf(target.dialect), server, sources) };
}

function styleOf(input: RegenerateInput, steps: DatabaseSteps): BaselineStyle {
  const path = baselinePath(steps.target, input.project.migrations.baseline);
  const committed = input.headFiles.get(path) ?? input.files.get(path);
  return baselineStyle(committed?.toString() ?? null, input.project.migrations);
}

function formatPlace({ migrations, place }: Project): Place | undefined {
  return migrations.format === null ? undefined : place('migrations.format');
}

function sourcesOf(files: ReadonlyMap<string, Buffer>, paths: readonly string[]): readonly SourceFile[] {
  return paths.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) }));
}
