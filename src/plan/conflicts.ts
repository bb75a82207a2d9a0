import type { SqlcConfig } from '../config/sqlc-config.ts';
import { isMigrationFile } from './baseline.ts';
import type { Closure } from './closure.ts';
import { ownChanges } from './own-changes.ts';
import type { PlannedTarget } from './steps.ts';

/**
 * Whose a path is that a merge left in conflict: a `source` (or configuration, or pin) is for people to resolve first, an
 * `output` follows from the merged sources, and with any `other` the steps have nothing to do.
 */
export type ConflictKind = 'source' | 'output' | 'other';

/**
 * Tells whose a path in conflict is, by the targets as the merged sources lay them out.
 *
 * @param configs every sqlc configuration that any side of the merge has: code of one that is gone is an output too
 * @param isMarked whether some side of the path has sqlc's mark
 */
export function conflictKind(
  closure: Closure,
  configs: readonly SqlcConfig[],
  path: string,
  isMarked: boolean,
): ConflictKind {
  const { targets } = closure.graph;
  const isOutput =
    targets.some((target) => makesInPlace(target, path)) ||
    configs.some((config) => writesTo(config, path, isMarked));
  if (isOutput) return 'output';
  const changes = ownChanges(closure, [path]);
  const reasons = targets.flatMap(changes.reasonsOf);
  return reasons.some(({ kind }) => kind !== 'output') ? 'source' : 'other';
}

/** What a database's steps make, and what they would clear away of one whose schema is gone. */
function makesInPlace(target: PlannedTarget, path: string): boolean {
  if (target.kind === 'sqlc') return false;
  if (target.kind !== 'derived' && isMigrationFile(target.target, path)) return true;
  const extracts = target.kind !== 'database' || target.steps.includes('extract');
  return extracts && path === target.target.sqlcSchema;
}

/** Whether a configuration's code stands at a path; what people keep in its folder has no mark. */
export function writesTo(config: SqlcConfig, path: string, isMarked: boolean): boolean {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return config.entries.some(
    (entry) =>
      (isMarked && entry.outs.some(({ dir }) => dir === folder)) || entry.namedOutputs.includes(path),
  );
}
