import { movedDatabases } from '../plan/moved.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import type { Observation } from '../rules/finding.ts';
import { outputPaths, type Regeneration } from '../steps/regeneration.ts';
import type { Trees } from '../verdict/collect.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { gatherTarget } from './gather-target.ts';
import type { Gathered } from './gathered.ts';
import { ignoredOutputs } from './ignored-outputs.ts';
import type { OpenProject } from './open-project.ts';
import { orphansByTarget } from './orphaned-code.ts';
import { findOutputCollisions } from './output-collisions.ts';
import { readFiles, readFormerFiles, readMarkedOutputs, readPresent } from './read-sources.ts';
import { removedConfigs } from './removed-configs.ts';
import type { SeenInSource, SourceEvidence } from './source-evidence.ts';
import type { Toolbox } from './toolbox.ts';
import { unclaimedFiles } from './unclaimed-files.ts';

export interface GatherInput {
  readonly open: OpenProject;
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes of the targets' sources and of their migrations and sqlc schemas. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly regeneration: Regeneration;
  /** What is known of the targets' sources, besides what was seen in single ones. */
  readonly sources: SourceEvidence;
  readonly toolbox: Toolbox;
}

/** Reads the committed outputs and holds them against what the steps made. */
export async function gatherEvidence(input: GatherInput): Promise<Gathered> {
  const { open, targets } = input;
  const sqlcTargets = targets.filter((target) => target.kind === 'sqlc');
  const collisions = findOutputCollisions(sqlcTargets, input.regeneration);
  const { regeneration } = collisions;
  const results = [...regeneration.results.values()].filter((result) => result.kind === 'made');
  const owned = new Set([...results.flatMap(outputPaths), ...collisions.contested]);
  const declared = [
    ...open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : [])),
    ...open.headConfigs,
  ];
  // Only below these can something be left behind that this judgement is about.
  const whole = new Set(sqlcTargets.flatMap(({ id, narrowed }) => (narrowed === true ? [] : [id])));
  const gone = new Set(removedConfigs(open));
  const concerned = [
    ...sqlcTargets.map(({ config }) => config),
    ...open.headConfigs.filter(({ path }) => whole.has(path) || gone.has(path)),
  ];
  const held = results.flatMap(({ outputs }) => [...outputs.keys()]);
  const [committed, head, marked] = await Promise.all([
    readPresent(
      open.snapshot,
      held.filter((path) => !input.files.has(path)),
    ),
    readFormerFiles(open, [...held, ...input.files.keys()]),
    readMarkedOutputs(open.snapshot, concerned, owned),
  ]);
  const trees: Trees = { committed: new Map([...input.files, ...marked, ...committed]), head };
  const orphans = orphansByTarget(open, sqlcTargets, marked, owned, regeneration);

  const gathered = await Promise.all(
    targets.map((target) =>
      gatherTarget({ ...input, regeneration }, target, trees, orphans.get(target.id) ?? []),
    ),
  );
  const removed = removedConfigs(open).map((id): Evidence => {
    const paths = orphans.get(id) ?? [];
    return {
      kind: 'removed-sqlc',
      id,
      orphans: paths.map((path) => ({ path, bytes: marked.get(path) ?? Buffer.alloc(0) })),
    };
  });
  const { sources } = input;
  const judged = gathered.flatMap(({ evidence }) => evidence);
  return {
    evidence: [
      ...withoutRefused(sources.evidence, judged),
      ...judged,
      ...(await ignoredOutputs(open, judged, input.toolbox.memory)),
      ...removed,
      ...(await abandonedEvidence(open, owned)),
      ...collisions.evidence,
      ...conflictEvidence(input),
      ...(await movedEvidence(open)),
      ...(await unclaimedFiles(open, declared, owned)),
    ],
    checked: [
      ...gathered.flatMap(({ checked }) => checked),
      ...removed.flatMap(({ id }) => [{ target: id, steps: [], outputs: 0 }]),
    ],
    notChecked: gathered.flatMap(({ notChecked }) => notChecked),
    errors: [...gathered.flatMap(({ errors }) => errors), ...sources.errors],
  };
}

/** Where sqlc refuses a query file, it names the cause; what a parser has to say of the same mistake would be a second one. */
function withoutRefused(sources: readonly Evidence[], made: readonly Evidence[]): readonly Evidence[] {
  const refusals = made.filter((found) => found.kind === 'refused');
  const files = new Set(refusals.flatMap(({ problems }) => problems.map(({ path }) => path)));
  return sources.map((found) => {
    if (found.kind !== 'queries') return found;
    const told = found.files.map((file) => (files.has(file.path) ? { ...file, problems: [] } : file));
    return { ...found, files: told };
  });
}

/** The same of a schema that Atlas refuses, and of what was seen in it by itself. */
export function withoutRefusedSchemas(
  seen: readonly SeenInSource[],
  made: readonly Evidence[],
): readonly Observation[] {
  const refused = new Set(
    made.flatMap((found) => (found.kind === 'refused' && found.step === 'plan' ? [found.id] : [])),
  );
  return seen.flatMap(({ kind, observation }) =>
    kind === 'schema' && refused.has(observation.target) ? [] : [observation],
  );
}

/** Code in conflict whose configuration is gone from HEAD already, so that only the other side still had it made. */
async function abandonedEvidence(
  { snapshot, conflicts }: OpenProject,
  owned: ReadonlySet<string>,
): Promise<readonly Evidence[]> {
  const evidence = [...conflicts.abandoned].map(async ([id, paths]): Promise<Evidence> => {
    const files = await readFiles(
      snapshot,
      paths.filter((path) => !owned.has(path)),
    );
    return { kind: 'removed-sqlc', id, orphans: [...files].map(([path, bytes]) => ({ path, bytes })) };
  });
  return Promise.all(evidence);
}

async function movedEvidence(open: OpenProject): Promise<readonly Evidence[]> {
  const { project, headProject, graph, snapshot, head, headConfigs } = open;
  if (headProject === null || headProject === project) return [];
  const moved = movedDatabases(project, graph, snapshot.entries, {
    project: headProject,
    configs: headConfigs,
    paths: head.entries,
  });
  const files = await readFiles(
    snapshot,
    moved.flatMap(({ migrations, sqlcSchema }) => [
      ...migrations,
      ...(sqlcSchema === null ? [] : [sqlcSchema]),
    ]),
  );
  const file = (path: string) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) });
  return moved.map(({ target, migrations, sqlcSchema }) => ({
    kind: 'moved',
    id: target.id,
    target,
    migrations: migrations.map(file),
    sqlcSchema: sqlcSchema === null ? null : file(sqlcSchema),
  }));
}

function conflictEvidence({ targets, files, regeneration }: GatherInput): readonly Evidence[] {
  return regeneration.conflicts.map((conflict) => {
    const target = targets.find(({ id }) => id === conflict.second);
    const schemaFiles =
      target?.kind === 'database' || target?.kind === 'derived' ? target.target.schemaFiles : [];
    return {
      kind: 'conflict',
      id: conflict.second,
      conflict,
      schemaFiles: schemaFiles.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) })),
    };
  });
}
