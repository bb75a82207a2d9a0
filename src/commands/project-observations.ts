import type { Observation } from '../rules/finding.ts';
import { guardObservations } from './guard.ts';
import type { OpenProject } from './open-project.ts';
import { unclaimedSchemas } from './unclaimed-schemas.ts';

/**
 * What there is to say about the project itself: its hooks, and files that it takes for nothing.
 *
 * @param scope whether such files are looked for in the whole snapshot or among its changes
 */
export async function projectObservations(
  open: OpenProject,
  scope: 'whole' | 'changed',
): Promise<readonly Observation[]> {
  const { project, snapshot, changes } = open;
  const changed = changes.flatMap(({ path, kind }) => (kind === 'deleted' ? [] : [path]));
  const paths = scope === 'changed' ? changed : snapshot.entries.keys();
  return [...(await guardObservations(open)), ...unclaimedSchemas(project, paths)];
}
