import { CheckError } from '../errors.ts';
import { stageFiles } from '../git/stage.ts';
import { sweepScratch } from '../process/scratch.ts';
import { recallMends } from './known-mends.ts';
import { indexKey, recallVerdict } from './known-verdict.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { type FixOptions, type FoundMends, writeMends } from './write-mends.ts';

/**
 * `dbcheck fix`: writes what the steps make of the work tree; with `--stage`, stages what they make of the index,
 * and lets the disk follow where it had no edits of its own. Where `staged` has judged this very index before, nothing that
 * judges is loaded.
 *
 * @throws CheckError `private-index` in a hook of `git commit PATH`, where staging would be lost; `index-changed` or
 * `head-changed` where that happened meanwhile; `interrupted` where the steps were told to end, so that there is nothing
 * whole to write
 */
export async function fix(options: CommonOptions, fixOptions: FixOptions): Promise<CommandResult> {
  const startedAt = Date.now();
  const known = fixOptions.stage && options.useCache ? await knownMends(options) : null;
  if (known === null) {
    const { findMends } = await import('./find-mends.ts');
    return writeMends(await findMends(options, fixOptions), fixOptions, startedAt, options);
  }
  if (options.signal.aborted)
    throw new CheckError('interrupted', 'dbcheck was interrupted; nothing was written');
  const [result] = await Promise.all([
    writeMends(known, fixOptions, startedAt, options),
    sweepScratch().catch(() => []),
  ]);
  return result;
}

/** What the verdict on the index says of its mends; null where that is not known, or not any more. */
async function knownMends(options: CommonOptions): Promise<FoundMends | null> {
  const index = await indexKey(options);
  const verdict = index === null ? null : await recallVerdict(index, options);
  if (index === null || verdict === null || verdict.mends === null) return null;
  const { repo } = index;
  const mends = await recallMends(repo, verdict.mends);
  if (mends === null) return null;
  if (repo.privateIndex) await stageFiles(repo, []);
  const { judgement, affected } = verdict;
  return {
    ...{ repo, judgement, ...mends, kept: [], unmerged: { outputs: [], others: [] } },
    affected: { ...affected, cached: affected.targets },
  };
}
