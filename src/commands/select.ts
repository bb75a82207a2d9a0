import { suggestion } from '../config/nearest-name.ts';
import { CheckError } from '../errors.ts';
import { type AffectedTarget, affectedTargets, allTargets, selectTargets } from '../plan/affected.ts';
import type { OpenProject } from './open-project.ts';

/**
 * The targets to judge: those that the changes have to do with, or all, narrowed to what `--target` names.
 *
 * @throws CheckError `unknown-target` where a name fits no target
 */
export function targetsToJudge(
  open: Pick<OpenProject, 'project' | 'headProject' | 'graph' | 'headConfigs' | 'changes'>,
  scope: 'changed' | 'whole',
  wanted: readonly string[],
): readonly AffectedTarget[] {
  const { graph, headProject } = open;
  const names = graph.targets.flatMap((target) =>
    target.kind === 'sqlc' ? [target.id] : [target.target.dialect, target.id],
  );
  for (const name of wanted) {
    if (names.includes(name)) continue;
    throw new CheckError('unknown-target', `--target ${name} fits no target`, {
      hint: suggestion(name, names),
    });
  }
  const all =
    // Nobody could judge a tree whose configuration is broken: what mends it has all of it to answer for.
    scope === 'whole' || headProject === null
      ? allTargets(graph)
      : affectedTargets(
          {
            project: open.project,
            graph,
            headConfigFile: headProject.configFile,
            headConfigs: open.headConfigs,
          },
          open.changes.map(({ path }) => path),
        );
  return selectTargets(graph, all, wanted);
}
