import type { Observation } from '../rules/finding.ts';
import { guardObservations } from './guard.ts';
import type { OpenProject } from './open-project.ts';
import { unclaimedSchemas } from './unclaimed-schemas.ts';

/**
 * What there is to say about the project itself: its hooks, and files that it takes for nothing.
 *
 * @param paths those of the snapshot to look at
 */
export async function projectObservations(
  open: OpenProject,
  paths: Iterable<string>,
): Promise<readonly Observation[]> {
  return [...(await guardObservations(open)), ...unclaimedSchemas(open.project, paths)];
}
