import type { Judgement } from '../report/judgement.ts';
import { guardObservations } from './guard.ts';
import { judge } from './judge.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox } from './toolbox.ts';
import { requireUnmoved } from './unmoved.ts';

/**
 * `dbcheck staged`: judges the index, narrowed to what differs from HEAD.
 *
 * @throws CheckError where it can't be judged; `index-changed` or `head-changed` where that happened meanwhile
 */
export async function staged(options: CommonOptions): Promise<CommandResult> {
  const startedAt = Date.now();
  const open = await openProject(options, { kind: 'index' });
  const affected = targetsToJudge(open, 'changed', options.targets);
  const guard = await guardObservations(open);
  const toolbox = createToolbox({ ...open, options, mayBuild: options.interactive });
  try {
    const { judgement } = await judge(open, affected, toolbox, {
      extra: guard,
      verifies: false,
      wholeTree: false,
    });
    await requireUnmoved(open);
    const facts = {
      ...{ command: 'staged' as const, startedAt },
      indexIsPassing: open.repo.indexFile !== open.repo.mainIndexFile,
      affected: { targets: affected.length, of: open.graph.targets.length, cached: 0 },
    };
    const answer = open.project.staged.unavailable === 'warn' ? withoutDatabase(judgement) : judgement;
    return respond(answer, facts, options);
  } finally {
    await toolbox.close();
  }
}

/** With `staged.unavailable: warn` a commit passes where no database is to be had, and says that it was not checked. */
function withoutDatabase(judgement: Judgement): Judgement {
  const errors = judgement.errors.filter(({ code }) => !code.startsWith('devdb-'));
  if (judgement.outcome !== 'error' || errors.length > 0) return judgement;
  const blocked = judgement.diagnostics.some(({ severity }) => severity === 'error');
  return { ...judgement, errors, outcome: blocked ? 'findings' : 'clean' };
}
