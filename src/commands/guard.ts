import type { Observation } from '../rules/finding.ts';
import type { OpenProject } from './open-project.ts';

/** What the hooks' guards have to say: nothing where they fit the configuration. */
export async function guardObservations(_open: OpenProject): Promise<readonly Observation[]> {
  return [];
}
