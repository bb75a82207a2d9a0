import { basename } from 'node:path';
import { dialectOf } from '../dialects/dialects.ts';
import { baselinePath } from '../plan/baseline.ts';
import type { DatabaseSteps } from '../plan/steps.ts';
import { extractSchema } from './atlas-extract.ts';
import { planMigration } from './atlas-plan.ts';
import { type BaselineStyle, baselineStyle } from './baseline-style.ts';
import { onLiveServer } from './live-server.ts';
import { guarded, type RegenerateInput, type StepRun, type Unmade } from './regeneration.ts';
import { databaseFor, type ServerWords, serverWords } from './server-words.ts';
import type { SourceFile } from './step-result.ts';
import { workspaceName } from './workspace-name.ts';

/** A database's regenerated migrations, with the style that they are written in. */
export interface PlanMade {
  readonly kind: 'made';
  readonly outputs: ReadonlyMap<string, Buffer>;
  readonly style: BaselineStyle;
  /** The words of the server that it was planned on. */
  readonly words: ServerWords;
}

/** A database's whole schema as SQL. */
export interface SchemaMade {
  readonly kind: 'made';
  readonly schema: string;
}

/** Runs the step `plan` on a fresh database. */
export async function planDatabase(
  { input, limit }: StepRun,
  steps: DatabaseSteps,
): Promise<PlanMade | Unmade> {
  const { providers, project } = input;
  return guarded(async () => {
    const dialect = dialectOf(steps.target.dialect);
    const style = styleOf(input, steps);
    const [atlas, server, workspace] = await Promise.all([
      providers.tool('atlas'),
      providers.server(steps.target.dialect),
      providers.workspace(`plan-${workspaceName(steps.id)}`),
    ]);
    const words = await serverWords(dialect, server, sourcesOf(input.files, steps.target.schemaFiles));
    const devUrl = await databaseFor(words, server, { name: steps.id, qualified: style.qualified });
    const made = await onLiveServer(providers, steps.target.dialect, () =>
      limit(() =>
        planMigration({
          ...{ style, devUrl, workspace, atlas, dialect, words },
          migrationsDir: steps.target.migrationsDir,
          baseline: basename(baselinePath(steps.target, project.migrations.baseline)),
        }),
      ),
    );
    return made.kind === 'made' ? { ...made, style, words } : made;
  });
}

/** Runs the step `extract` on a fresh database: the replay of what was planned. */
export async function replayDatabase(
  { input, limit }: StepRun,
  steps: DatabaseSteps,
  planned: PlanMade,
): Promise<SchemaMade | Unmade> {
  const { providers } = input;
  return guarded(async () => {
    const { style, words } = planned;
    const [atlas, server, workspace] = await Promise.all([
      providers.tool('atlas'),
      providers.server(steps.target.dialect),
      providers.workspace(`extract-${workspaceName(steps.id)}`),
    ]);
    const devUrl = await databaseFor(words, server, { name: steps.id, qualified: style.qualified });
    const schema = await onLiveServer(providers, steps.target.dialect, () =>
      limit(() =>
        extractSchema({
          ...{ devUrl, atlas, workspace, style, words },
          migrations: planned.outputs,
          dialect: dialectOf(steps.target.dialect),
        }),
      ),
    );
    return { kind: 'made', schema };
  });
}

function styleOf(input: RegenerateInput, steps: DatabaseSteps): BaselineStyle {
  const path = baselinePath(steps.target, input.project.migrations.baseline);
  const committed = input.headFiles.get(path) ?? input.files.get(path);
  return baselineStyle(committed?.toString() ?? null, input.project.migrations);
}

function sourcesOf(files: ReadonlyMap<string, Buffer>, paths: readonly string[]): readonly SourceFile[] {
  return paths.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) }));
}
