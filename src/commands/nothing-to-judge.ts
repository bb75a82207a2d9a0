import type { AffectedTarget } from '../plan/affected.ts';
import type { Judgement } from '../report/judgement.ts';
import type { OpenProject } from './open-project.ts';
import { removedConfigs } from './removed-configs.ts';
import { switchedOff } from './switched-off.ts';

/**
 * The judgement of a change that has to do with no target, for which no rule and no step has to be loaded.
 *
 * @returns null where there may be something to say: a target is affected, a configuration is gone and may have left code
 *   behind, or a Go file changed, which may be generated and nobody's
 */
export function nothingToJudge(open: OpenProject, affected: readonly AffectedTarget[]): Judgement | null {
  const mayBeGenerated = open.changes.some(({ path, kind }) => kind !== 'deleted' && path.endsWith('.go'));
  if (affected.length > 0 || mayBeGenerated || removedConfigs(open).length > 0) return null;
  // With other templates than before, what the old ones matched may be left behind.
  if (open.headProject === null || open.headProject.configFile !== open.project.configFile) return null;
  if (open.changes.some(({ path }) => path === open.project.configFile)) return null;
  const { kind, id, label } = open.snapshot;
  return {
    outcome: 'clean',
    snapshot: { kind, id, label },
    checked: [],
    notChecked: [],
    switchedOff: switchedOff(open.project, { verifies: false, known: 0 }),
    diagnostics: [],
    errors: [],
  };
}
