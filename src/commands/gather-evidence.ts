import { CheckError } from '../errors.ts';
import { formatHcl } from '../format/hcl-format.ts';
import { displayPath } from '../git/path-bytes.ts';
import { baselinePath } from '../plan/baseline.ts';
import type { DatabaseSteps, PlannedTarget, RemovedDatabase, SqlcSteps } from '../plan/steps.ts';
import type { CheckedTarget, UncheckedTarget } from '../report/judgement.ts';
import type { Regenerated, Regeneration } from '../steps/regenerate.ts';
import { databaseEvidence, sqlcEvidence, type Trees } from '../verdict/collect.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { sqlcHeader } from '../verdict/sqlc-header.ts';
import type { OpenProject } from './open-project.ts';
import { folderOf, readMarkedOutputs, readPresent } from './read-sources.ts';
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
  const { open, targets, regeneration } = input;
  const snapshotIsHead = open.snapshot.id === open.head.id;
  const made = new Set(
    [...regeneration.results.values()].flatMap((result) =>
      result.kind === 'made' ? [...result.outputs.keys()] : [],
    ),
  );
  const sqlcTargets = targets.filter((target) => target.kind === 'sqlc');
  const declared = [
    ...open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : [])),
    ...open.headConfigs,
  ];
  const [outputs, headOutputs, marked] = await Promise.all([
    readPresent(open.snapshot, made),
    snapshotIsHead ? null : readPresent(open.head, [...made, ...input.files.keys()]),
    readMarkedOutputs(open.snapshot, declared),
  ]);
  const trees: Trees = { committed: new Map([...input.files, ...marked, ...outputs]), head: headOutputs };
  const orphans = orphansByTarget(open, sqlcTargets, marked, made, regeneration);

  const gathered = await Promise.all(
    targets.map((target) => gatherTarget(input, target, trees, orphans.get(target.id) ?? [])),
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
      ...collisionsBetween(sqlcTargets, regeneration),
      ...conflictEvidence(input),
      ...(await unclaimedFiles(open, declared, made)),
    ],
    checked: [
      ...gathered.flatMap(({ checked }) => checked),
      ...removed.flatMap(({ id }) => [{ target: id, steps: [], outputs: 0 }]),
    ],
    notChecked: gathered.flatMap(({ notChecked }) => notChecked),
    errors: [...gathered.flatMap(({ errors }) => errors), ...format.errors],
  };
}

const NOTHING: Gathered = { evidence: [], checked: [], notChecked: [], errors: [] };

async function gatherTarget(
  input: GatherInput,
  target: PlannedTarget,
  trees: Trees,
  orphans: readonly string[],
): Promise<Gathered> {
  if (target.kind === 'removed') return gatherRemoved(target, trees);
  const queries = target.kind === 'sqlc' ? queryEvidence(target, trees) : [];
  const result = input.regeneration.results.get(target.id);
  if (result === undefined) throw new RangeError(`no step of ${target.id} ran`);
  const made =
    result.kind === 'made'
      ? await gatherMade(input, target, result, trees, orphans)
      : gatherUnmade(target, result);
  return { ...made, evidence: [...queries, ...made.evidence] };
}

function gatherRemoved(target: RemovedDatabase, trees: Trees): Gathered {
  const { migrationFiles, sqlcSchema } = target.target;
  const file = (path: string) => ({ path, bytes: trees.committed.get(path) ?? Buffer.alloc(0) });
  const evidence: Evidence = {
    kind: 'removed',
    id: target.id,
    target: target.target,
    migrations: migrationFiles.map(file),
    sqlcSchema: trees.committed.has(sqlcSchema) ? file(sqlcSchema) : null,
  };
  return { ...NOTHING, evidence: [evidence], checked: [{ target: target.id, steps: [], outputs: 0 }] };
}

async function gatherMade(
  input: GatherInput,
  target: DatabaseSteps | SqlcSteps,
  made: Extract<Regenerated, { kind: 'made' }>,
  trees: Trees,
  orphans: readonly string[],
): Promise<Gathered> {
  if (target.kind === 'database') {
    const baseline = baselinePath(target.target, input.open.project.migrations.baseline);
    const evidence = databaseEvidence(
      target.target,
      baseline,
      made.outputs,
      target.steps.includes('extract'),
      trees,
    );
    const outputs = evidence.migrations.length + (evidence.sqlcSchema === null ? 0 : 1);
    return {
      ...NOTHING,
      evidence: [evidence],
      checked: [{ target: target.id, steps: target.steps, outputs }],
    };
  }
  const tool = await input.toolbox.tool('sqlc');
  const evidence = sqlcEvidence(target, made, orphans, tool.version, trees);
  if (tool.pin === null) {
    for (const { path } of evidence.outputs) {
      const header = sqlcHeader(trees.committed.get(path) ?? Buffer.alloc(0));
      if (header === null || header.version === tool.version) continue;
      return failed(
        target,
        new CheckError(
          'tool-version',
          `${displayPath(path)} was generated by sqlc ${header.version}, and the sqlc at hand is ${tool.version ?? 'of unknown version'}`,
          {
            place: { path, line: header.line },
            hint: 'pin sqlc, in tools/sqlc/go.mod or by tools.sqlc.version in the configuration, so that everyone generates with one version',
          },
        ),
      );
    }
  }
  return {
    ...NOTHING,
    evidence: [evidence],
    checked: [{ target: target.id, steps: ['sqlc'], outputs: evidence.outputs.length }],
  };
}

function gatherUnmade(
  target: DatabaseSteps | SqlcSteps,
  result: Exclude<Regenerated, { kind: 'made' }>,
): Gathered {
  switch (result.kind) {
    case 'failed':
      return failed(target, result.error);
    case 'blocked':
      return {
        ...NOTHING,
        notChecked: [{ target: target.id, reason: `it reads ${result.by}, which could not be made` }],
      };
    case 'refused': {
      const step = target.kind === 'database' ? 'plan' : 'sqlc';
      const queryFiles = target.kind === 'sqlc' ? target.queryFiles : [];
      // Duplicate names are found without sqlc, at the name itself and with the place of the other.
      const problems = result.problems.filter(({ message }) => !message.startsWith('duplicate query name'));
      return {
        ...NOTHING,
        evidence: [{ kind: 'refused', id: target.id, problems, step, queryFiles }],
        notChecked: [{ target: target.id, reason: 'its sources are not valid' }],
      };
    }
  }
}

function failed(target: PlannedTarget, error: CheckError): Gathered {
  const reason = error.message.split('\n')[0] ?? error.code;
  return { ...NOTHING, notChecked: [{ target: target.id, reason }], errors: [error] };
}

function queryEvidence(target: SqlcSteps, trees: Trees): readonly Evidence[] {
  return target.entries.map(({ queryFiles }) => ({
    kind: 'queries',
    id: target.id,
    files: queryFiles.map((path) => ({ path, bytes: trees.committed.get(path) ?? Buffer.alloc(0) })),
  }));
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
    const [atlas, scratch] = await Promise.all([toolbox.tool('atlas'), toolbox.scratch()]);
    const formatter = { atlas: atlas.path, scratchDir: await scratch.folder('format') };
    const formatted = await formatHcl(new Map(paths.map((path) => [path, bytesOf(path)])), formatter);
    const evidence = databases.map(({ id, target }): Evidence => {
      const schemas = target.schemaFiles.map((path) => {
        const result = formatted.get(path);
        return { path, bytes: bytesOf(path), formatted: result?.kind === 'formatted' ? result.bytes : null };
      });
      return { kind: 'format', id, files: schemas };
    });
    return { evidence, errors: [] };
  } catch (error) {
    if (error instanceof CheckError) return { evidence: [], errors: [error] };
    throw error;
  }
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

/** Two configurations that write one file: learned from what both wrote, not from what they promise. */
function collisionsBetween(configs: readonly SqlcSteps[], { results }: Regeneration): readonly Evidence[] {
  const writers = new Map<string, SqlcSteps>();
  const found: Evidence[] = [];
  for (const steps of configs) {
    const result = results.get(steps.id);
    for (const path of result?.kind === 'made' ? result.outputs.keys() : []) {
      const other = writers.get(path);
      writers.set(path, steps);
      if (other === undefined) continue;
      const entry = steps.config.entries.find(({ outs }) => outs.some(({ dir }) => dir === folderOf(path)));
      const place = entry?.place ?? { path: steps.id };
      const location = { path: place.path, line: place.line ?? null, column: place.column ?? null };
      found.push({ kind: 'collision', id: steps.id, path, other: other.id, location });
    }
  }
  return found;
}

/** The configurations that HEAD has and the snapshot lacks. */
function removedConfigs(open: OpenProject): readonly string[] {
  const present = new Set(open.graph.targets.map(({ id }) => id));
  return open.headConfigs.map(({ path }) => path).filter((path) => !present.has(path));
}

/**
 * Marked files that no configuration makes, by the configuration whose folder they stand in. A folder of a
 * configuration that was not made, or whose sources are refused, has no orphans: nothing is known of it.
 */
function orphansByTarget(
  open: OpenProject,
  judged: readonly SqlcSteps[],
  marked: ReadonlyMap<string, Buffer>,
  made: ReadonlySet<string>,
  { results }: Regeneration,
): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string>();
  const unknown = new Set<string>();
  const gone = new Set(removedConfigs(open));
  const judgedIds = new Set(judged.filter(({ id }) => results.get(id)?.kind === 'made').map(({ id }) => id));
  const current = open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : []));
  for (const config of [...open.headConfigs, ...current]) {
    for (const dir of config.entries.flatMap(({ outs }) => outs.map((out) => out.dir))) {
      if (judgedIds.has(config.path) || gone.has(config.path)) owners.set(dir, config.path);
      else unknown.add(dir);
    }
  }
  const orphans = new Map<string, string[]>();
  for (const path of marked.keys()) {
    const owner = owners.get(folderOf(path));
    if (owner === undefined || made.has(path) || unknown.has(folderOf(path))) continue;
    orphans.set(owner, [...(orphans.get(owner) ?? []), path]);
  }
  return orphans;
}
