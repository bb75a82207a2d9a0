import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import type { DialectName, Project } from '../config/project.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { CheckError } from '../errors.ts';
import { baselinePath } from '../plan/baseline.ts';
import { isBelow } from '../plan/paths.ts';
import type { DatabaseSteps, PlannedTarget, SqlcSteps, StepGraph } from '../plan/steps.ts';
import type { Tool } from '../process/tool.ts';
import { extractSchema } from './atlas-extract.ts';
import { planMigration } from './atlas-plan.ts';
import { type BaselineStyle, baselineStyle } from './baseline-style.ts';
import { runCommandStep } from './command-step.ts';
import { explainLeftOut, type LeftOutObject } from './left-out.ts';
import { type SharedObjectConflict, shareObjects } from './shared-objects.ts';
import { type EntryCollision, generateCode } from './sqlc-generate.ts';
import type { SourceFile, SourceProblem, StepResult, Workspace } from './step-result.ts';

/** What became of one target's steps. */
export type Regenerated =
  | {
      readonly kind: 'made';
      readonly outputs: ReadonlyMap<string, Buffer>;
      readonly collisions: readonly EntryCollision[];
    }
  /** The generator refused the sources. */
  | { readonly kind: 'refused'; readonly problems: readonly SourceProblem[] }
  /** It could not run because another target that it reads has no outputs. */
  | { readonly kind: 'blocked'; readonly by: string }
  | { readonly kind: 'failed'; readonly error: CheckError };

export interface Regeneration {
  /** By target id; a removed database has none. */
  readonly results: ReadonlyMap<string, Regenerated>;
  readonly conflicts: readonly SharedObjectConflict[];
}

/** What the steps need from outside; each is asked for only when a step comes to it. */
export interface Providers {
  tool(name: 'atlas' | 'sqlc'): Promise<Tool>;
  /** A fresh, empty database; its URL for Atlas. */
  database(target: DatabaseSteps['target'], options: { qualified: boolean }): Promise<string>;
  /** Whether the dialect's server still answers. */
  isServerAlive(dialect: DialectName): Promise<boolean>;
  /** A workspace in an empty folder of its own. */
  workspace(name: string): Promise<Workspace>;
  /** A workspace for a command of the configuration, with the user's own environment. */
  commandWorkspace(name: string): Promise<Workspace & { readonly root: string }>;
  /** The snapshot's files that fit one of the globs. */
  matching(globs: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
}

export interface RegenerateInput {
  readonly project: Project;
  readonly graph: StepGraph;
  /** The targets to make, closed under what they read. */
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes of every source, configuration and baseline of these targets. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** HEAD's bytes of the baselines. */
  readonly headFiles: ReadonlyMap<string, Buffer>;
  readonly providers: Providers;
}

interface PlanMade {
  readonly kind: 'made';
  readonly outputs: ReadonlyMap<string, Buffer>;
  readonly style: BaselineStyle;
}
type Plan = PlanMade | Exclude<Regenerated, { kind: 'made' }>;
type Replay = { readonly kind: 'made'; readonly schema: string } | Exclude<Regenerated, { kind: 'made' }>;

/**
 * Runs every step of the given targets, each on the regenerated output of the step before it, side by side up to
 * the number of processors. A failure stays with its target and with those that read it.
 */
export async function regenerate(input: RegenerateInput): Promise<Regeneration> {
  const limit = pLimit(availableParallelism());
  const { graph, providers, project } = input;
  const databases = new Map(
    input.targets.flatMap((target) => (target.kind === 'database' ? [[target.id, target]] : [])),
  );
  const conflicts: SharedObjectConflict[] = [];
  const leftOut: LeftOutObject[] = [];

  const plan = once(async (id: string): Promise<Plan> => {
    const steps = databases.get(id);
    if (steps === undefined) return { kind: 'blocked', by: id };
    return guarded(async () => {
      const dialect = dialectOf(steps.target.dialect);
      const style = styleOf(input, steps);
      const [atlas, devUrl] = await Promise.all([
        providers.tool('atlas'),
        providers.database(steps.target, { qualified: style.qualified }),
      ]);
      const workspace = await providers.workspace(`plan-${workspaceName(id)}`);
      const made = await onLiveServer(providers, steps.target.dialect, () =>
        limit(() =>
          planMigration({
            ...{ style, devUrl, workspace, atlas, dialect },
            sources: sourcesOf(input.files, steps.target.schemaFiles),
            migrationsDir: steps.target.migrationsDir,
            baseline: basename(baselinePath(steps.target, project.migrations.baseline)),
          }),
        ),
      );
      return made.kind === 'made' ? { ...made, style } : made;
    });
  });

  const replay = once(async (id: string): Promise<Replay> => {
    const planned = await plan(id);
    const steps = databases.get(id);
    if (planned.kind !== 'made' || steps === undefined)
      return planned.kind === 'made' ? { kind: 'blocked', by: id } : planned;
    return guarded(async () => {
      const [atlas, devUrl, workspace] = await Promise.all([
        providers.tool('atlas'),
        providers.database(steps.target, { qualified: planned.style.qualified }),
        providers.workspace(`extract-${workspaceName(id)}`),
      ]);
      const schema = await onLiveServer(providers, steps.target.dialect, () =>
        limit(() =>
          extractSchema({
            migrations: planned.outputs,
            style: planned.style,
            ...{ devUrl, atlas, workspace },
            dialect: dialectOf(steps.target.dialect),
          }),
        ),
      );
      return { kind: 'made', schema };
    });
  });

  /** The sqlc schema files of the databases that share objects with this one, itself among them. */
  const share = once(async (key: string): Promise<ReadonlyMap<string, string>> => {
    const members = key.split('\n');
    const replays = await Promise.all(members.map(async (id) => ({ id, replay: await replay(id) })));
    const whole = replays.flatMap(({ id, replay: made }) =>
      made.kind === 'made' ? [{ id, sql: made.schema }] : [],
    );
    if (members.length === 1) return new Map(whole.map(({ id, sql }) => [id, sql]));
    const schemas = await Promise.all(
      whole.map(async ({ id, sql }) => ({
        id,
        statements: await dialectOf(databases.get(id)?.target.dialect ?? 'postgres').splitSchema(sql),
      })),
    );
    const shared = shareObjects(schemas);
    conflicts.push(...shared.conflicts);
    const fileOf = (id: string): string => databases.get(id)?.target.sqlcSchema ?? id;
    for (const { name, id, owner } of shared.leftOut)
      leftOut.push({ name, from: fileOf(id), standsIn: fileOf(owner) });
    return shared.texts;
  });

  /** Every database's sqlc schema, made by one run of the configured command from every regenerated migration. */
  const command = once(async (line: string): Promise<ReadonlyMap<string, Buffer>> => {
    const { extract } = project.steps;
    if (extract.kind !== 'command') return new Map();
    const [inputs, workspace, plans] = await Promise.all([
      providers.matching(extract.inputs),
      providers.commandWorkspace('extract-command'),
      Promise.all([...databases.keys()].map(plan)),
    ]);
    const files = new Map(inputs);
    for (const steps of databases.values()) {
      for (const path of files.keys()) if (isBelow(path, steps.target.migrationsDir)) files.delete(path);
    }
    for (const made of plans) {
      if (made.kind === 'made') for (const [path, bytes] of made.outputs) files.set(path, bytes);
    }
    const outputs = [...databases.values()].map(({ target }) => target.sqlcSchema);
    const { links } = extract;
    return runCommandStep({
      command: line,
      files,
      links,
      root: workspace.root,
      dir: project.dir,
      outputs,
      workspace,
    });
  });

  const database = once(async (id: string): Promise<Regenerated> => {
    const steps = databases.get(id);
    const planned = await plan(id);
    if (steps === undefined || planned.kind !== 'made')
      return planned.kind === 'made' ? { kind: 'blocked', by: id } : planned;
    if (!steps.steps.includes('extract')) return { kind: 'made', outputs: planned.outputs, collisions: [] };
    const { extract } = project.steps;
    if (extract.kind === 'command') {
      return guarded(async () => {
        const schema = (await command(extract.command)).get(steps.target.sqlcSchema) ?? Buffer.alloc(0);
        const outputs = new Map([...planned.outputs, [steps.target.sqlcSchema, schema]]);
        return { kind: 'made', outputs, collisions: [] };
      });
    }
    const replayed = await replay(id);
    if (replayed.kind !== 'made') return replayed;
    const group = graph.sharing.find((members) => members.includes(id)) ?? [id];
    for (const member of group) {
      // What this file leaves out is known only from the schemas of all of them.
      if ((await replay(member)).kind !== 'made') return { kind: 'blocked', by: member };
    }
    return guarded(async () => {
      const text = (await share(group.join('\n'))).get(id) ?? '';
      const outputs = new Map(planned.outputs);
      if (planned.outputs.size > 0) outputs.set(steps.target.sqlcSchema, Buffer.from(text));
      return { kind: 'made', outputs, collisions: [] };
    });
  });

  const sqlc = async (steps: SqlcSteps): Promise<Regenerated> => {
    const files = new Map<string, Buffer>();
    for (const path of [...steps.queryFiles, ...steps.schemaFiles]) {
      const bytes = input.files.get(path);
      if (bytes !== undefined) files.set(path, bytes);
    }
    const feeding = await Promise.all(steps.reads.map(async (id) => ({ id, made: await database(id) })));
    for (const { id, made } of feeding) {
      if (made.kind !== 'made') return { kind: 'blocked', by: id };
      overlay(files, databases.get(id), made.outputs);
    }
    return guarded(async () => {
      const [tool, workspace] = await Promise.all([
        providers.tool('sqlc'),
        providers.workspace(`sqlc-${workspaceName(steps.id)}`),
      ]);
      const configBytes = input.files.get(steps.id);
      if (configBytes === undefined) throw new CheckError('sqlc-failed', `${steps.id} was not read`);
      const made = await limit(() =>
        generateCode({ config: steps.config, configBytes, files, sqlc: tool.path, workspace }),
      );
      if (made.kind === 'made') return made;
      return { kind: 'refused', problems: explainLeftOut(made.problems, steps.entries, leftOut) };
    });
  };

  const settled = await Promise.allSettled(
    input.targets
      .filter((target) => target.kind !== 'removed')
      .map(
        async (target): Promise<[string, Regenerated]> => [
          target.id,
          target.kind === 'sqlc' ? await sqlc(target) : await database(target.id),
        ],
      ),
  );
  // Whatever failed, nothing of this run is at work any more when its folders go.
  const results = settled.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  });
  return { results: new Map(results), conflicts };
}

function once<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

async function guarded<T>(make: () => Promise<T>): Promise<T | { kind: 'failed'; error: CheckError }> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof CheckError) return { kind: 'failed', error };
    throw error;
  }
}

/**
 * A generator that fails on a server which no longer answers has said nothing about the sources.
 *
 * @throws CheckError `devdb-lost`
 */
async function onLiveServer<T extends StepResult | string>(
  providers: Providers,
  dialect: DialectName,
  make: () => Promise<T>,
): Promise<T> {
  const lost = async (words: string): Promise<void> => {
    if (await providers.isServerAlive(dialect)) return;
    throw new CheckError('devdb-lost', `The dev database for ${dialect} stopped answering\n${words}`, {
      hint: `run it again; if it stays so, set devDatabase.${dialect} to another server`,
    });
  };
  try {
    const made = await make();
    if (typeof made !== 'string' && made.kind === 'refused')
      await lost(made.problems.map(({ message }) => message).join('\n'));
    return made;
  } catch (error) {
    if (error instanceof CheckError && error.code === 'atlas-failed') await lost(error.message);
    throw error;
  }
}

/**
 * A folder name for a target. Ids hold slashes and may hold `..`, which sqlc refuses in an absolute path; `a/b.yml`
 * and `a-b.yml` must not meet.
 */
function workspaceName(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.replace(/[^A-Za-z0-9_]+/g, '-').slice(-60)}-${digest}`;
}

function styleOf(input: RegenerateInput, steps: DatabaseSteps): BaselineStyle {
  const path = baselinePath(steps.target, input.project.migrations.baseline);
  const committed = input.headFiles.get(path) ?? input.files.get(path);
  return baselineStyle(committed?.toString() ?? null, input.project.migrations);
}

function sourcesOf(files: ReadonlyMap<string, Buffer>, paths: readonly string[]): readonly SourceFile[] {
  return paths.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) }));
}

/** Puts a database's regenerated files in the place of the committed ones, which go where the step makes none. */
function overlay(
  files: Map<string, Buffer>,
  steps: DatabaseSteps | undefined,
  outputs: ReadonlyMap<string, Buffer>,
): void {
  if (steps === undefined) return;
  for (const path of files.keys()) {
    if (path.startsWith(`${steps.target.migrationsDir}/`)) files.delete(path);
  }
  if (steps.steps.includes('extract')) files.delete(steps.target.sqlcSchema);
  for (const [path, bytes] of outputs) files.set(path, bytes);
}
