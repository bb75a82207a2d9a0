import { CheckError } from '../errors.ts';
import { indexIdentity } from '../git/changes.ts';
import { sweepScratch } from '../process/scratch.ts';
import type { Judgement } from '../report/judgement.ts';
import { guardObservations } from './guard.ts';
import { nothingToJudge } from './nothing-to-judge.ts';
import { type OpenProject, openProject } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';

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
  const facts = {
    ...{ command: 'staged' as const, startedAt },
    indexIsPassing: open.repo.indexFile !== open.repo.mainIndexFile,
    affected: { targets: affected.length, of: open.graph.targets.length, cached: 0 },
  };
  const untouched = guard.length === 0 ? nothingToJudge(open, affected) : null;
  if (untouched !== null) {
    await Promise.all([requireSameIndex(open), sweepScratch().catch(() => [])]);
    return respond(untouched, facts, options);
  }
  // All that steps and rules need is loaded now that they have something to do.
  const [{ judge }, { createToolbox }] = await Promise.all([import('./judge.ts'), import('./toolbox.ts')]);
  const toolbox = createToolbox({ ...open, options, mayBuild: options.interactive });
  try {
    const { judgement } = await judge(open, affected, toolbox, {
      options,
      extra: guard,
      verifies: false,
      wholeTree: false,
    });
    await requireSameIndex(open);
    const answer = open.project.staged.unavailable === 'warn' ? withoutDatabase(judgement) : judgement;
    return respond(answer, facts, options);
  } finally {
    await toolbox.close();
  }
}

async function requireSameIndex({ repo, snapshot }: OpenProject): Promise<void> {
  if ((await indexIdentity(repo)) === snapshot.id) return;
  throw new CheckError('index-changed', 'The index changed while dbcheck was judging it', {
    hint: 'commit again: what was judged is not what would be committed',
  });
}

/** With `staged.unavailable: warn` a commit passes where no database is to be had, and says that it was not checked. */
function withoutDatabase(judgement: Judgement): Judgement {
  const errors = judgement.errors.filter(({ code }) => !code.startsWith('devdb-'));
  if (judgement.outcome !== 'error' || errors.length > 0) return judgement;
  const blocked = judgement.diagnostics.some(({ severity }) => severity === 'error');
  return { ...judgement, errors, outcome: blocked ? 'findings' : 'clean' };
}
