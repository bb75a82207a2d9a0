import { readIndexTrees } from '../git/snapshot.ts';
import { indexKey, recallVerdict } from './known-verdict.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { respond } from './respond.ts';

/**
 * `dbcheck staged`: judges the index, narrowed to what differs from HEAD. Where the verdict is known from an earlier run,
 * nothing that judges is loaded.
 *
 * @throws CheckError where it can't be judged; `index-changed` or `head-changed` where that happened meanwhile
 */
export async function staged(options: CommonOptions): Promise<CommandResult> {
  const startedAt = Date.now();
  const index = options.useCache ? await indexKey(options) : null;
  const known = index === null ? null : await recallVerdict(index, options);
  if (index === null || known === null) {
    // Git is at work while the code that judges is loaded.
    const trees = index === null ? null : readIndexTrees(index.repo, index.state);
    trees?.catch(() => undefined);
    const { judgeIndex } = await import('./judge-index.ts');
    return judgeIndex(options, { startedAt, index, trees });
  }
  const facts = {
    ...{ command: 'staged' as const, startedAt },
    indexIsPassing: index.repo.indexFile !== index.repo.mainIndexFile,
    affected: { ...known.affected, cached: known.affected.targets },
  };
  const answer = respond(known.judgement, facts, options);
  if (known.sources.length === 0) return answer;
  const { withUnstagedSources } = await import('./unstaged-sources.ts');
  return withUnstagedSources(answer, index.repo, known.sources, options);
}
