import { CheckError } from '../errors.ts';
import { indexIdentity } from '../git/changes.ts';
import type { Judgement } from '../report/judgement.ts';
import { guardObservations } from './guard.ts';
import { judge } from './judge.ts';
import { openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox } from './toolbox.ts';

/**
 * `dbcheck staged`: judges the index, narrowed to what differs from HEAD.
 *
 * @throws CheckError where it can't be judged; `index-changed` where it was changed meanwhile
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
    if ((await indexIdentity(open.repo)) !== open.snapshot.id) {
      throw new CheckError('index-changed', 'The index changed while dbcheck was judging it', {
        hint: 'commit again: what was judged is not what would be committed',
      });
    }
    const cached = toolbox.memory.countCached(affected.map(({ target }) => target.id));
    const facts = {
      ...{ command: 'staged' as const, startedAt },
      indexIsPassing: open.repo.indexFile !== open.repo.mainIndexFile,
      affected: { targets: affected.length, of: open.graph.targets.length, cached },
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
