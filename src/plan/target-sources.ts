import type { Project } from '../config/project.ts';
import type { PlannedTarget } from './steps.ts';

/**
 * What people write that the targets are made from: their schemas, queries and sqlc configurations; of a database whose schema
 * is gone, where that would be.
 */
export function targetSources(
  targets: readonly PlannedTarget[],
  { schemas }: Pick<Project, 'schemas'>,
): readonly string[] {
  return targets.flatMap((target) => {
    if (target.kind === 'sqlc') return [target.id, ...target.queryFiles];
    const { schemaFiles, derivedFrom, dialect, database } = target.target;
    return target.kind === 'removed' && derivedFrom === null
      ? [schemas.expand({ dialect, database })]
      : schemaFiles;
  });
}
