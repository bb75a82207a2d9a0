import { filesPart } from '../cache/digest.ts';
import { CheckError } from '../errors.ts';
import { formatHcl } from '../format/hcl-format.ts';
import { movedDatabases } from '../plan/moved.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import type { CheckedTarget, UncheckedTarget } from '../report/judgement.ts';
import type { Regeneration } from '../steps/regeneration.ts';
import { toolPart } from '../steps/step-inputs.ts';
import type { Trees } from '../verdict/collect.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { gatherTarget, NOTHING } from './gather-target.ts';
import type { OpenProject } from './open-project.ts';
import { orphansByTarget, removedConfigs } from './orphaned-code.ts';
import { findOutputCollisions } from './output-collisions.ts';
import { parityEvidence } from './parity-evidence.ts';
import { readFiles, readMarkedOutputs, readPresent } from './read-sources.ts';
import type { Toolbox } from './toolbox.ts';
import { unclaimedFiles } from './unclaimed-files.ts';

export interface GatherInput {
  readonly open: OpenProject;
  readonly targets: readonly PlannedTarget[];
  /** The snapshot's bytes of the targets' sources and of their migrations and sqlc schemas. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly regeneration: Regeneration;
  readonly toolbox: Toolbox;
}

/** What the rules judge by, and what could not be judged. */
export interface Gathered {
  readonly evidence: readonly Evidence[];
  readonly checked: readonly CheckedTarget[];
  readonly notChecked: readonly UncheckedTarget[];
  readonly errors: readonly CheckError[];
}

/** Reads the committed outputs and holds them against what the steps made. */
export async function gatherEvidence(input: GatherInput): Promise<Gathered> {
  const { open, targets } = input;
  const snapshotIsHead = open.snapshot.id === open.head.id;
  const sqlcTargets = targets.filter((target) => target.kind === 'sqlc');
  const collisions = findOutputCollisions(sqlcTargets, input.regeneration);
  const { regeneration } = collisions;
  const made = new Set(
    [...regeneration.results.values()].flatMap((result) =>
      result.kind === 'made' ? [...result.outputs.keys()] : [],
    ),
  );
  const owned = new Set([...made, ...collisions.contested]);
  const declared = [
    ...open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : [])),
    ...open.headConfigs,
  ];
  const [outputs, headOutputs, marked] = await Promise.all([
    readPresent(open.snapshot, made),
    snapshotIsHead ? null : readFiles(open.head, [...made, ...input.files.keys()]),
    readMarkedOutputs(open.snapshot, declared),
  ]);
  const trees: Trees = { committed: new Map([...input.files, ...marked, ...outputs]), head: headOutputs };
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
  const format = await formatEvidence(input);
  return {
    evidence: [
      ...format.evidence,
      ...gathered.flatMap(({ evidence }) => evidence),
      ...removed,
      ...collisions.evidence,
      ...conflictEvidence(input),
      ...(await movedEvidence(open)),
      ...(await parityEvidence(open, targets)),
      ...(await unclaimedFiles(open, declared, owned)),
    ],
    checked: [
      ...gathered.flatMap(({ checked }) => checked),
      ...removed.flatMap(({ id }) => [{ target: id, steps: [], outputs: 0 }]),
    ],
    notChecked: gathered.flatMap(({ notChecked }) => notChecked),
    errors: [...gathered.flatMap(({ errors }) => errors), ...format.errors],
  };
}

async function formatEvidence({
  targets,
  files,
  toolbox,
}: GatherInput): Promise<Pick<Gathered, 'evidence' | 'errors'>> {
  const databases = targets.filter((target) => target.kind === 'database');
  const paths = databases.flatMap(({ target }) => target.schemaFiles);
  if (paths.length === 0) return NOTHING;
  const bytesOf = (path: string): Buffer => files.get(path) ?? Buffer.alloc(0);
  try {
    const formatted = await canonicalForms(new Map(paths.map((path) => [path, bytesOf(path)])), toolbox);
    const evidence = databases.map(({ id, target }): Evidence => {
      const schemas = target.schemaFiles.map((path) => {
        return { path, bytes: bytesOf(path), formatted: formatted.get(path) ?? null };
      });
      return { kind: 'format', id, files: schemas };
    });
    return { evidence, errors: [] };
  } catch (error) {
    if (error instanceof CheckError) return { evidence: [], errors: [error] };
    throw error;
  }
}

/** HCL files as Atlas formats them, by path; a file that can't be parsed is left out. */
async function canonicalForms(
  files: ReadonlyMap<string, Buffer>,
  toolbox: Toolbox,
): Promise<ReadonlyMap<string, Buffer>> {
  const atlas = await toolbox.tool('atlas');
  return toolbox.memory.remembered<ReadonlyMap<string, Buffer>>({
    step: 'format',
    targets: [],
    inputs: async () => {
      const tool = toolPart(atlas);
      return tool && { tool, files: filesPart(files) };
    },
    make: async () => {
      const scratchDir = await (await toolbox.scratch()).folder('format');
      const formatted = await formatHcl(files, { atlas: atlas.path, scratchDir });
      return new Map(
        [...formatted].flatMap(([path, result]) =>
          result.kind === 'formatted' ? [[path, result.bytes] as const] : [],
        ),
      );
    },
    keep: (outputs) => (outputs.size === files.size ? { outputs, note: null } : null),
    revive: ({ outputs }) => outputs,
  });
}

async function movedEvidence(open: OpenProject): Promise<readonly Evidence[]> {
  const { project, headProject, graph, snapshot, head, headConfigs } = open;
  if (headProject === null || headProject === project) return [];
  const moved = movedDatabases(project, graph, new Set(snapshot.entries.keys()), {
    project: headProject,
    configs: headConfigs,
    paths: [...head.entries.keys()],
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
    const schemaFiles = target?.kind === 'database' ? target.target.schemaFiles : [];
    return {
      kind: 'conflict',
      id: conflict.second,
      conflict,
      schemaFiles: schemaFiles.map((path) => ({ path, bytes: files.get(path) ?? Buffer.alloc(0) })),
    };
  });
}
