import type { SqlcConfig } from '../config/sqlc-config.ts';
import type { SqlcSteps } from '../plan/steps.ts';
import type { Regeneration } from '../steps/regeneration.ts';
import type { OpenProject } from './open-project.ts';
import { folderOf } from './read-sources.ts';
import { removedConfigs } from './removed-configs.ts';

/**
 * Marked files that no configuration makes, by the configuration whose folder they stand in. A folder of a
 * configuration that was not made, or whose sources are refused, has no orphans: nothing is known of it.
 */
export function orphansByTarget(
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
  // Of a narrowed configuration, the folders of its other entries are not looked at.
  const narrowed = new Map(
    judged
      .filter((steps) => steps.narrowed === true)
      .map(({ id, config }) => [id, new Set(outputFolders(config))] as const),
  );
  const current = open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : []));
  for (const config of [...open.headConfigs, ...current]) {
    for (const dir of outputFolders(config)) {
      const isLeftOut = narrowed.get(config.path)?.has(dir) === false;
      if (!isLeftOut && (judgedIds.has(config.path) || gone.has(config.path))) owners.set(dir, config.path);
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

function outputFolders({ entries }: SqlcConfig): readonly string[] {
  return entries.flatMap(({ outs }) => outs.map(({ dir }) => dir));
}
