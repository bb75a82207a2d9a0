import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { dialectOf } from '../dialects/dialects.ts';
import { CheckError } from '../errors.ts';
import { requireInputMatches } from '../plan/named-templates.ts';
import { isInsideAny } from '../plan/paths.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { type PlanMade, planDatabase, replayDatabase, type SchemaMade } from './database-run.ts';
import { convertDatabase } from './derived-run.ts';
import type { LeftOutObject } from './left-out.ts';
import { requireLinks } from './linked-folders.ts';
import { type StepName, stepPriorities } from './priority.ts';
import {
  guarded,
  type Regenerated,
  type RegenerateInput,
  type Regeneration,
  type StepRun,
  type Unmade,
} from './regeneration.ts';
import { rememberedCommand } from './remembered-command.ts';
import { sharedWhereEqual } from './shared-bytes.ts';
import { type SharedObjectConflict, shareObjects } from './shared-objects.ts';
import { type Feeding, generateFor } from './sqlc-run.ts';

/** Targets for each processor that are being made, and steps that have their database and folder ready: not a thousand at once. */
const BEGUN = 8;

/** Databases hold all that was made of them, since others read it. */
const NEITHER = { fresh: new Set<string>(), collisions: [] } as const;

/** The sqlc schema files of databases that share objects, by target. */
interface SchemasShared {
  readonly kind: 'made';
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Runs every step of the given targets, each on the regenerated output of the step before it, side by side up to
 * the number of processors. A failure stays with its target and with those that read it.
 */
export async function regenerate(input: RegenerateInput): Promise<Regeneration> {
  const queue = new PQueue({ concurrency: availableParallelism() });
  const begun = new PQueue({ concurrency: BEGUN * availableParallelism() });
  const priorityOf = stepPriorities(input.targets);
  /** Runs one step of a target in its turn: those that the most waits for come first. */
  const during = <T>(step: StepName, id: string, work: (run: StepRun) => Promise<T>): Promise<T> => {
    const turn = { priority: priorityOf(id, step) };
    const limit: StepRun['limit'] = (begin) => queue.add(() => notInterrupted(input.signal, begin), turn);
    const run = () => work({ input, limit });
    return begun.add(() => (input.during === undefined ? run() : input.during(`${step} ${id}`, run)), turn);
  };
  const { graph, providers, project } = input;
  const { extract } = project.steps;
  const targets = new Map(input.targets.map((target) => [target.id, target]));
  const databases = input.targets.filter((target) => target.kind === 'database');
  const conflicts: SharedObjectConflict[] = [];
  const leftOut: LeftOutObject[] = [];

  const plan = once(async (id: string): Promise<PlanMade | Unmade> => {
    const target = targets.get(id);
    return target?.kind === 'database'
      ? during('plan', id, (run) => planDatabase(run, target))
      : { kind: 'blocked', by: id };
  });

  /** Every database's sqlc schema, made by one run of the configured command from every regenerated migration. */
  const command = once(async (line: string): Promise<ReadonlyMap<string, Buffer>> => {
    if (extract.kind !== 'command') return new Map();
    const workspace = await providers.commandWorkspace('extract-command');
    requireLinks(project, workspace.root);
    const [inputs, plans] = await Promise.all([
      providers.matching(extract.inputs),
      Promise.all(databases.map(({ id }) => plan(id))),
    ]);
    const migrations = new Set(databases.map(({ target }) => target.migrationsDir));
    const files = new Map([...inputs.files].filter(([path]) => !isInsideAny(path, migrations)));
    for (const made of plans) {
      if (made.kind === 'made') for (const [path, bytes] of made.outputs) files.set(path, bytes);
    }
    // What a migrations folder lacks because its schema was refused is no mistake of the configuration.
    if (plans.every(({ kind }) => kind === 'made'))
      requireInputMatches(project, [...inputs.files.keys(), ...files.keys()]);
    return rememberedCommand(
      input.providers.memory,
      databases.map(({ id }) => id),
      {
        ...{ command: line, files, modes: inputs.modes, workspace, root: workspace.root, dir: project.dir },
        ...{ inputs: extract.inputs, links: extract.links },
        outputs: databases.map(({ target }) => target.sqlcSchema),
      },
    );
  });

  /** A database's whole schema, before shared objects are left out of it. */
  const schema = once(async (id: string): Promise<SchemaMade | Unmade> => {
    const target = targets.get(id);
    if (target?.kind === 'derived') {
      const source = targets.get(target.from);
      const made = await schema(target.from);
      if (made.kind !== 'made' || source?.kind !== 'database') return { kind: 'blocked', by: target.from };
      const { dialect, sqlcSchema: path } = source.target;
      return during('convert', id, (run) => convertDatabase(run, target, { ...made, dialect, path }));
    }
    const planned = await plan(id);
    if (planned.kind !== 'made' || target?.kind !== 'database') {
      return planned.kind === 'made' ? { kind: 'blocked', by: id } : planned;
    }
    if (extract.kind !== 'command') {
      return during('extract', id, (run) => replayDatabase(run, target, planned));
    }
    return guarded(async () => {
      const made = (await command(extract.command)).get(target.target.sqlcSchema);
      return { kind: 'made', schema: made ?? Buffer.alloc(0) };
    });
  });

  /** The sqlc schema files of databases that share objects, by target; `key` holds their ids, a line each. */
  const share = once(async (key: string): Promise<SchemasShared | Unmade> => {
    const members = await Promise.all(key.split('\n').map(async (id) => ({ id, made: await schema(id) })));
    // What a file leaves out is known only from the schemas of all of them.
    const unmade = members.find(({ made }) => made.kind !== 'made');
    if (unmade !== undefined) return { kind: 'blocked', by: unmade.id };
    const schemas = await Promise.all(
      members.flatMap(({ id, made }) => {
        const target = targets.get(id);
        if (made.kind !== 'made' || target === undefined || target.kind === 'sqlc') return [];
        const { dialect, sqlcSchema } = target.target;
        const split = dialectOf(dialect).splitSchema(made.schema.toString());
        return [split.then((statements) => ({ id, file: sqlcSchema, statements }))];
      }),
    );
    const shared = shareObjects(schemas);
    conflicts.push(...shared.conflicts);
    const fileOf = new Map(schemas.map(({ id, file }) => [id, file]));
    for (const { name, id, owner } of shared.leftOut) {
      leftOut.push({ name, from: fileOf.get(id) ?? id, standsIn: fileOf.get(owner) ?? owner });
    }
    return { kind: 'made', texts: shared.texts };
  });

  /** The text of a database's sqlc schema file. A configured command decides by itself what its files share. */
  const schemaFile = async (id: string): Promise<SchemaMade | Unmade> => {
    const made = await schema(id);
    const group = graph.sharing.find((members) => members.includes(id));
    const isWhole =
      group === undefined || (extract.kind === 'command' && targets.get(id)?.kind === 'database');
    if (made.kind !== 'made' || isWhole) return made;
    return guarded(async () => {
      const shared = await share(group.join('\n'));
      return shared.kind === 'made'
        ? { kind: 'made', schema: Buffer.from(shared.texts.get(id) ?? '') }
        : shared;
    });
  };

  const make = once(async (id: string): Promise<Regenerated> => {
    const target = targets.get(id);
    if (target?.kind === 'sqlc') {
      const feeding: Feeding[] = [];
      let blockedBy: string | null = null;
      // They are at work already, being more urgent than what waits for them.
      for (const read of target.reads) {
        const made = await make(read);
        const fed = targets.get(read);
        if (made.kind !== 'made') blockedBy ??= read;
        else if (fed !== undefined) feeding.push({ target: fed, outputs: made.outputs });
      }
      return blockedBy === null
        ? during('sqlc', id, (run) => generateFor(run, target, feeding, leftOut))
        : { kind: 'blocked', by: blockedBy };
    }
    if (target?.kind === 'derived') {
      const file = await schemaFile(id);
      if (file.kind !== 'made') return file;
      return {
        kind: 'made',
        outputs: new Map([[target.target.sqlcSchema, file.schema]]),
        ...NEITHER,
      };
    }
    const planned = await plan(id);
    if (planned.kind !== 'made' || target?.kind !== 'database') {
      return planned.kind === 'made' ? { kind: 'blocked', by: id } : planned;
    }
    const outputs = new Map(planned.outputs);
    if (target.steps.includes('extract')) {
      const file = await schemaFile(id);
      if (file.kind !== 'made') return file;
      // An empty schema has neither migrations nor an sqlc schema.
      if (outputs.size > 0) outputs.set(target.target.sqlcSchema, file.schema);
    }
    const shared = sharedWhereEqual(outputs, input.files);
    return { kind: 'made', outputs: shared, ...NEITHER, through: planned.through };
  });

  const ids = input.targets.filter(({ kind }) => kind !== 'removed').map(({ id }) => id);
  const outcomes = new Map<string, PromiseSettledResult<Regenerated>>();
  const urgency = new Map(ids.map((id) => [id, priorityOf(id, firstStep(targets.get(id)))]));
  const left = ids.toSorted((one, other) => (urgency.get(other) ?? 0) - (urgency.get(one) ?? 0)).values();
  const makeNext = async (): Promise<void> => {
    for (const id of left) {
      const [outcome] = await Promise.allSettled([make(id)]);
      outcomes.set(id, outcome);
    }
  };
  await Promise.all(Array.from({ length: BEGUN * availableParallelism() }, makeNext));
  // Whatever failed, nothing of this run is at work any more when its folders go.
  const results = ids.flatMap((id): [string, Regenerated][] => {
    const outcome = outcomes.get(id);
    if (outcome?.status === 'rejected') throw outcome.reason;
    return outcome === undefined ? [] : [[id, outcome.value]];
  });
  return { results: new Map(results), conflicts };
}

function firstStep(target: PlannedTarget | undefined): StepName {
  switch (target?.kind) {
    case 'sqlc':
      return 'sqlc';
    case 'derived':
      return 'convert';
    default:
      return 'plan';
  }
}

/** What was interrupted can't come to an answer, so that nothing more is begun. */
async function notInterrupted<T>(signal: AbortSignal | undefined, begin: () => Promise<T>): Promise<T> {
  if (signal?.aborted === true) throw new CheckError('interrupted', 'dbcheck was interrupted');
  return begin();
}

function once<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
