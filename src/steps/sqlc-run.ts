import { dirname } from 'node:path/posix';
import { filesPart } from '../cache/digest.ts';
import { type SqlcEntry, subsetSqlcConfig } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import { isInsideAny } from '../plan/paths.ts';
import type { PlannedTarget, SqlcSteps } from '../plan/steps.ts';
import { overridesDir } from '../plan/targets.ts';
import { explainLeftOut, type LeftOutObject } from './left-out.ts';
import { guarded, type Regenerated, type StepRun } from './regeneration.ts';
import { generateCode, type IsFresh, type SqlcResult } from './sqlc-generate.ts';
import { toolPart } from './step-inputs.ts';
import { workspaceName } from './workspace-name.ts';

/** A target that a configuration reads, and what its steps made. */
export interface Feeding {
  readonly target: PlannedTarget;
  readonly outputs: ReadonlyMap<string, Buffer>;
}

/** Runs the step `sqlc` of one configuration on what the steps before it made. */
export async function generateFor(
  { input, limit }: StepRun,
  steps: SqlcSteps,
  feeding: readonly Feeding[],
  leftOut: readonly LeftOutObject[],
): Promise<Regenerated> {
  const { providers } = input;
  const files = filesFor(steps, feeding, input.files);
  return guarded(async () => {
    if (steps.config.usesDatabase) throw databaseAsked(steps.id);
    const whole = input.files.get(steps.id);
    if (whole === undefined) throw new CheckError('sqlc-failed', `${steps.id} was not read`);
    const kept = steps.config.entries.map(({ index }) => index);
    const configBytes =
      steps.narrowed === true ? await subsetSqlcConfig(whole, kept, steps.config.entryLines) : whole;
    const made = await providers.memory.remembered<SqlcResult>({
      step: 'sqlc',
      targets: [steps.id],
      inputs: async () => {
        const tool = toolPart(await providers.tool('sqlc'));
        if (tool === null || steps.config.usesUnpinnedPlugin) return null;
        return { tool, config: steps.id, files: filesPart([...files, [steps.id, configBytes]]) };
      },
      make: async () => {
        const [tool, workspace] = await Promise.all([
          providers.tool('sqlc'),
          providers.workspace(`sqlc-${workspaceName(steps.id)}`),
        ]);
        return limit(async () =>
          generateCode({
            ...{ config: steps.config, configBytes, sqlc: tool.path, workspace },
            // What is kept is kept whole.
            isFresh: providers.memory.keeps ? () => false : input.isFresh,
            files: steps.config.entries.some(hasPlugin)
              ? files
              : await withLeanSchemas(files, feeding, input.files),
          }),
        );
      },
      keep: (result) =>
        result.kind === 'made' && result.collisions.length === 0
          ? { outputs: result.outputs, note: null }
          : null,
      revive: ({ outputs }) => ({ kind: 'made', outputs, fresh: new Set(), collisions: [] }),
    });
    if (made.kind === 'made') return withoutFresh(made, input.isFresh);
    return { kind: 'refused', problems: explainLeftOut(made.problems, steps.entries, leftOut) };
  });
}

/** What was made, with the paths alone of what is fresh. */
function withoutFresh(
  made: Extract<SqlcResult, { kind: 'made' }>,
  isFresh: IsFresh,
): Extract<SqlcResult, { kind: 'made' }> {
  const outputs = new Map<string, Buffer>();
  const fresh = new Set(made.fresh);
  for (const [path, bytes] of made.outputs) {
    if (isFresh(path, bytes)) fresh.add(path);
    else outputs.set(path, bytes);
  }
  return { ...made, outputs, fresh };
}

/**
 * The same files for sqlc's own generators, which can't read files by themselves: converted schemas less what sqlc drops in any case. Those with parts that people wrote stay whole, since sqlc may
 * refuse what SQLite takes.
 */
async function withLeanSchemas(
  files: ReadonlyMap<string, Buffer>,
  feeding: readonly Feeding[],
  sources: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, Buffer>> {
  const converted = feeding.flatMap(({ target }) =>
    target.kind === 'derived' && target.target.dialect === 'sqlite' ? [target.target.sqlcSchema] : [],
  );
  if (converted.length === 0) return files;
  const folders = new Set([...sources.keys()].map((source) => dirname(source)));
  const lean = new Map(files);
  for (const path of converted) {
    const bytes = folders.has(overridesDir(path)) ? undefined : files.get(path);
    if (bytes === undefined) continue;
    const { withoutConditions } = await import('./sqlc-sqlite-schema.ts');
    lean.set(path, Buffer.from(withoutConditions(bytes.toString())));
  }
  return lean;
}

function hasPlugin({ outs }: SqlcEntry): boolean {
  return outs.some(({ kind }) => kind === 'codegen');
}

function databaseAsked(path: string): CheckError {
  return new CheckError(
    'sqlc-asks-database',
    `${displayPath(path)} has sqlc ask a database, so that its code depends on more than the tree`,
    {
      place: { path },
      hint: 'set `analyzer: {database: false}` in the entry that has `database`; sqlc then reads the schema files alone',
    },
  );
}

/**
 * The files that sqlc reads, with databases' regenerated ones in the place of the committed, which are left out where the steps
 * make none.
 *
 * @param sources the snapshot's bytes by path
 */
function filesFor(
  { queryFiles, schemaFiles }: SqlcSteps,
  feeding: readonly Feeding[],
  sources: ReadonlyMap<string, Buffer>,
): ReadonlyMap<string, Buffer> {
  const migrations = new Set<string>();
  const schemas = new Set<string>();
  for (const { target } of feeding) {
    if (target.kind === 'database') migrations.add(target.target.migrationsDir);
    if (target.kind === 'derived' || (target.kind === 'database' && target.steps.includes('extract')))
      schemas.add(target.target.sqlcSchema);
  }
  const files = new Map<string, Buffer>();
  for (const path of [...queryFiles, ...schemaFiles]) {
    const bytes = sources.get(path);
    if (bytes === undefined || schemas.has(path) || isInsideAny(path, migrations)) continue;
    files.set(path, bytes);
  }
  for (const { outputs } of feeding) for (const [path, bytes] of outputs) files.set(path, bytes);
  return files;
}
