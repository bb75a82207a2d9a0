import type { OpenProject } from './open-project.ts';

/** The configurations that HEAD has and the snapshot lacks. */
export function removedConfigs(open: Pick<OpenProject, 'graph' | 'headConfigs'>): readonly string[] {
  const present = new Set(open.graph.targets.map(({ id }) => id));
  return open.headConfigs.map(({ path }) => path).filter((path) => !present.has(path));
}
