import { sqlcInputResolver } from '../config/sqlc-config.ts';
import type { Closure } from './closure.ts';
import { narrowSqlc, writtenFolders } from './narrow.ts';
import { type OwnChanges, ownChanges } from './own-changes.ts';
import type { Reason } from './reason.ts';
import { type PlannedTarget, readsOf, type SqlcSteps, type StepGraph } from './steps.ts';

export interface AffectedTarget {
  readonly target: PlannedTarget;
  readonly reasons: readonly Reason[];
}

/**
 * The targets that a set of changed paths has to do with, sources and outputs alike: those that own a changed
 * path, those that read what they make, and those that these in turn need, since each step reads the
 * regenerated output of the step before it.
 *
 * @param changedPaths paths that were added, modified or deleted
 * @returns affected targets in the graph's order, each with its reasons
 */
export function affectedTargets(
  closure: Closure,
  changedPaths: readonly string[],
): readonly AffectedTarget[] {
  const { graph } = closure;
  const reasons = new Map<string, Reason[]>();
  const changes = ownChanges(closure, changedPaths);
  for (const target of graph.targets) {
    const own = changes.reasonsOf(target);
    if (own.length > 0) reasons.set(target.id, [...own]);
  }
  addFormerReaders(closure, changedPaths, reasons);
  spreadToReaders(graph, reasons);
  const targets = graph.targets.map((target) =>
    target.kind === 'sqlc' ? narrowTo(target, reasons, changes) : target,
  );
  spreadToNeeded({ ...graph, targets }, reasons);
  return targets.flatMap((target) => {
    const found = reasons.get(target.id);
    return found === undefined ? [] : [{ target, reasons: found }];
  });
}

/** The entries of a configuration that the changes have to do with; all where it is affected as a whole. */
function narrowTo(
  steps: SqlcSteps,
  reasons: ReadonlyMap<string, readonly Reason[]>,
  changes: OwnChanges,
): SqlcSteps {
  const why = reasons.get(steps.id);
  const isPartial = ({ kind }: Reason): boolean => ['source', 'output', 'reads'].includes(kind);
  if (why === undefined || steps.entries.length < 2 || !why.every(isPartial)) return steps;
  const wanted = new Set<number>();
  const found = new Set<string>();
  for (const [index, entry] of steps.entries.entries()) {
    const own = steps.config.entries[index];
    const paths = own === undefined ? [] : changes.pathsOf(own);
    const causes = [...paths, ...entry.reads.filter((id) => reasons.has(id))];
    for (const cause of causes) found.add(cause);
    if (causes.length > 0) wanted.add(index);
  }
  // What only HEAD's entries have to do with is no single entry's business.
  const explained = why.every((reason) =>
    found.has('path' in reason ? reason.path : 'target' in reason ? reason.target : ''),
  );
  return explained ? narrowSqlc(steps, wanted) : steps;
}

/** Every target, for a check of a whole tree. */
export function allTargets(graph: StepGraph): readonly AffectedTarget[] {
  return graph.targets.map((target) => ({ target, reasons: [{ kind: 'whole' }] }));
}

/**
 * Narrows targets to those that `--target` names, with what they need and with the configurations that read them.
 *
 * @param wanted `postgres`, `postgres/keygen`, or the path of an sqlc configuration
 */
export function selectTargets(
  graph: StepGraph,
  affected: readonly AffectedTarget[],
  wanted: readonly string[],
): readonly AffectedTarget[] {
  if (wanted.length === 0) return affected;
  const chosen = (target: PlannedTarget): boolean =>
    wanted.some((name) => target.id === name || (target.kind !== 'sqlc' && target.target.dialect === name));
  const reasons = new Map<string, Reason[]>();
  for (const { target, reasons: why } of affected) {
    if (chosen(target)) reasons.set(target.id, [...why]);
  }
  spread(graph, reasons);
  return graph.targets.flatMap((target) => {
    const found = reasons.get(target.id);
    return found === undefined ? [] : [{ target, reasons: found }];
  });
}

/**
 * What HEAD's configurations read together: where a configuration changes, or a schema goes, the others' sqlc
 * schemas may have to take in what they left out until now.
 */
function addFormerReaders(
  { graph, headConfigs }: Closure,
  changedPaths: readonly string[],
  reasons: Map<string, Reason[]>,
): void {
  const changed = new Set(changedPaths);
  const hasGone = graph.targets.some(({ kind, id }) => kind === 'removed' && reasons.has(id));
  const concerned = headConfigs.filter(({ path }) => hasGone || changed.has(path));
  if (concerned.length === 0) return;
  const known = new Set(graph.targets.map(({ id }) => id));
  const schemas = graph.targets.flatMap((target) =>
    target.kind === 'sqlc' ? [] : [target.target.sqlcSchema],
  );
  const filesOf = sqlcInputResolver(schemas);
  for (const config of concerned) {
    const files = new Set(filesOf(config.entries.flatMap((entry) => entry.schema)).files);
    const read = graph.targets.filter(
      (target) => target.kind !== 'sqlc' && files.has(target.target.sqlcSchema),
    );
    const gone = read.find(({ kind, id }) => kind === 'removed' && reasons.has(id));
    if (gone === undefined && !changed.has(config.path)) continue;
    const reason: Reason =
      gone === undefined ? { kind: 'config', path: config.path } : { kind: 'reads', target: gone.id };
    for (const id of [...read.map((target) => target.id), config.path]) {
      if (known.has(id) && !reasons.has(id)) reasons.set(id, [reason]);
    }
  }
}

/** Follows the edges to readers and to those who share a folder, and then once to what all of these need. */
function spread(graph: StepGraph, reasons: Map<string, Reason[]>): void {
  spreadToReaders(graph, reasons);
  spreadToNeeded(graph, reasons);
}

/** Follows the edges to a fixed point from what is affected to its readers and to those who share its folders. */
function spreadToReaders(graph: StepGraph, reasons: Map<string, Reason[]>): void {
  const sqlc = graph.targets.filter((target) => target.kind === 'sqlc');
  const writers = new Map<string, string[]>();
  const foldersOf = new Map(sqlc.map((steps) => [steps, outputFolders(steps)] as const));
  for (const [steps, folders] of foldersOf) {
    for (const folder of folders) writers.set(folder, [...(writers.get(folder) ?? []), steps.id]);
  }
  const add = adder(reasons);
  for (let grew = true; grew; ) {
    grew = false;
    for (const group of graph.sharing) {
      const cause = group.find((id) => reasons.has(id));
      if (cause === undefined) continue;
      for (const id of group) grew = add(id, { kind: 'reads', target: cause }) || grew;
    }
    for (const target of graph.targets) {
      const cause = readsOf(target).find((id) => reasons.has(id));
      if (cause !== undefined) grew = add(target.id, { kind: 'reads', target: cause }) || grew;
    }
    for (const [steps, folders] of foldersOf) {
      if (!reasons.has(steps.id)) continue;
      for (const folder of folders) {
        for (const id of writers.get(folder) ?? [])
          grew = add(id, { kind: 'shares-output', target: steps.id }) || grew;
      }
    }
  }
}

function adder(reasons: Map<string, Reason[]>): (id: string, reason: Reason) => boolean {
  return (id, reason) => {
    if (reasons.has(id)) return false;
    reasons.set(id, [reason]);
    return true;
  };
}

/** Adds what the affected targets need. What is only needed affects nothing else. */
function spreadToNeeded(graph: StepGraph, reasons: Map<string, Reason[]>): void {
  const add = adder(reasons);
  // From the last to the first: what is needed stands before what needs it.
  const groups = new Map(graph.sharing.flatMap((members) => members.map((id) => [id, members] as const)));
  for (const target of graph.targets.toReversed()) {
    if (!reasons.has(target.id)) continue;
    for (const id of readsOf(target)) {
      // What is left out of one schema is known only from those of all that share with it.
      const group = groups.get(id) ?? [id];
      for (const member of group) add(member, { kind: 'feeds', target: target.id });
    }
  }
}

function outputFolders({ config }: SqlcSteps): ReadonlySet<string> {
  return new Set(config.entries.flatMap(writtenFolders));
}
