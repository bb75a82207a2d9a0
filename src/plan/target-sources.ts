import type { PlannedTarget } from './steps.ts';

/** What people write that the targets are made from: their schemas, queries and sqlc configurations. */
export function targetSources(targets: readonly PlannedTarget[]): readonly string[] {
  return targets.flatMap((target) =>
    target.kind === 'sqlc' ? [target.id, ...target.queryFiles] : target.target.schemaFiles,
  );
}
