import { withCacheNote } from './cache-note.ts';
import { judge } from './judge.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { projectObservations } from './project-observations.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox } from './toolbox.ts';

/**
 * `dbcheck check [COMMIT] [--from BASE]`: judges a commit, whole or narrowed to what changed since the merge base.
 *
 * @throws CheckError where it can't be judged
 */
export async function check(
  options: CommonOptions,
  source: { readonly revision: string; readonly from: string | null },
): Promise<CommandResult> {
  const startedAt = Date.now();
  const open = await openProject(options, { kind: 'commit', ...source });
  const scope = source.from === null ? 'whole' : 'changed';
  const affected = targetsToJudge(open, scope, options.targets);
  const toolbox = createToolbox({ ...open, options, mayBuild: true });
  try {
    const { judgement } = await judge(open, affected, toolbox, {
      options,
      extra: await projectObservations(open, scope),
      verifies: true,
      wholeTree: source.from === null && options.targets.length === 0,
    });
    const cached = toolbox.memory.countCached(affected.map(({ target }) => target.id));
    const counts = { targets: affected.length, of: open.graph.targets.length, cached };
    const result = respond(judgement, { command: 'check', startedAt, affected: counts }, options);
    return withCacheNote(result, toolbox.memory, options);
  } finally {
    await toolbox.close();
  }
}
