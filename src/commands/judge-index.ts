import type { TreePair } from '../git/snapshot.ts';
import { targetSources } from '../plan/target-sources.ts';
import { sweepScratch } from '../process/scratch.ts';
import type { Judgement } from '../report/judgement.ts';
import { maskJudgement } from '../report/mask-judgement.ts';
import { withCacheNote } from './cache-note.ts';
import { installedHookFacts } from './guard.ts';
import { keepMends } from './known-mends.ts';
import { type IndexKey, keepVerdict } from './known-verdict.ts';
import { nothingToJudge } from './nothing-to-judge.ts';
import { type OpenProject, openProject, readsVariables } from './open-project.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { projectObservations } from './project-observations.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import type { Toolbox } from './toolbox.ts';
import { requireUnmoved } from './unmoved.ts';

/**
 * Judges the index, narrowed to what differs from HEAD, and keeps the verdict.
 *
 * @param run `index`: the key to keep the verdict under; null where it is not to be kept. `trees`: the index and HEAD
 *   where they are being read already, else null
 * @throws CheckError where it can't be judged; `index-changed` or `head-changed` where that happened meanwhile
 */
export async function judgeIndex(
  options: CommonOptions,
  {
    startedAt,
    index,
    trees,
  }: {
    readonly startedAt: number;
    readonly index: IndexKey | null;
    readonly trees: Promise<TreePair> | null;
  },
): Promise<CommandResult> {
  const hooks = index === null ? [] : await installedHookFacts(index.repo);
  const open = await openProject(options, { kind: 'index', trees }, index);
  const affected = targetsToJudge(open, 'changed', options.targets);
  const extra = await projectObservations(open, 'changed');
  const untouched = extra.length === 0 ? nothingToJudge(open, affected) : null;
  if (untouched !== null) return answerUntouched(untouched, open, { startedAt, index, hooks }, options);
  // All that steps and rules need is loaded now that they have something to do.
  const [{ judge }, { createToolbox }] = await Promise.all([import('./judge.ts'), import('./toolbox.ts')]);
  const toolbox = createToolbox({ ...open, options, mayBuild: options.interactive });
  try {
    const { judgement, mends } = await judge(open, affected, toolbox, {
      options,
      extra,
      verifies: false,
      wholeTree: false,
    });
    await requireUnmoved(open, 'commit again', index?.state);
    const cached = toolbox.memory.countCached(affected.map(({ target }) => target.id));
    const counts = { targets: affected.length, of: open.graph.targets.length };
    const sources = targetSources(
      affected.map(({ target }) => target),
      open.project,
    );
    const refused = judgement.outcome === 'findings' ? sources : [];
    if (index !== null && isKeepable(open, judgement, toolbox)) {
      const { tools, servers } = await toolbox.used();
      // `fix` has nothing to say of the project itself, so that its answer would be another one.
      const kept = extra.length > 0 ? null : await keepMends(open.repo, { writes: mends, sources });
      const verdict = {
        judgement: maskJudgement(judgement),
        affected: counts,
        sources: refused,
        mends: kept,
      };
      await keepVerdict(index, verdict, { disk: [...open.disk, ...hooks], tools, servers }, options);
    }
    const facts = {
      ...{ command: 'staged' as const, startedAt },
      indexIsPassing: open.repo.indexFile !== open.repo.mainIndexFile,
      affected: { ...counts, cached },
    };
    const answer = open.project.staged.unavailable === 'warn' ? withoutDatabase(judgement) : judgement;
    const said = withCacheNote(respond(answer, facts, options), toolbox.memory, options);
    if (refused.length === 0) return said;
    const { withUnstagedSources } = await import('./unstaged-sources.ts');
    return await withUnstagedSources(said, open.repo, refused, options);
  } finally {
    await toolbox.close();
  }
}

/** Answers for an index that has to do with no target, and keeps that as a verdict too. */
async function answerUntouched(
  judgement: Judgement,
  open: OpenProject,
  run: {
    readonly startedAt: number;
    readonly index: IndexKey | null;
    readonly hooks: Awaited<ReturnType<typeof installedHookFacts>>;
  },
  options: CommonOptions,
): Promise<CommandResult> {
  await Promise.all([requireUnmoved(open, 'commit again', run.index?.state), sweepScratch().catch(() => [])]);
  const counts = { targets: 0, of: open.graph.targets.length };
  if (run.index !== null && !readsVariables(open)) {
    const verdict = { judgement: maskJudgement(judgement), affected: counts, sources: [], mends: null };
    const restsOn = { disk: [...open.disk, ...run.hooks], tools: [], servers: [] };
    await keepVerdict(run.index, verdict, restsOn, options);
  }
  const facts = {
    ...{ command: 'staged' as const, startedAt: run.startedAt },
    indexIsPassing: open.repo.indexFile !== open.repo.mainIndexFile,
    affected: { ...counts, cached: 0 },
  };
  return respond(judgement, facts, options);
}

/**
 * A verdict is kept where all that it rests on could be told and looked at. What could not be checked is tried again, and
 * the values of variables, which may be secret, are written down nowhere. A command of the configuration depends on the whole
 * environment besides, so that what it made is kept as a step and asked for each time.
 */
function isKeepable(open: OpenProject, judgement: Judgement, toolbox: Toolbox): boolean {
  const isWhole = judgement.errors.length === 0 && judgement.notChecked.length === 0;
  const isCommandAsked = open.project.steps.extract.kind === 'command';
  return isWhole && !readsVariables(open) && !isCommandAsked && toolbox.memory.isProven;
}

/** A setting that names no server has one again only once it is corrected. */
const UNAVAILABLE = /^devdb-(?!invalid$)/;

/** With `staged.unavailable: warn` a commit passes where no database is to be had, and says that it was not checked. */
function withoutDatabase(judgement: Judgement): Judgement {
  const errors = judgement.errors.filter(({ code }) => !UNAVAILABLE.test(code));
  if (judgement.outcome !== 'error' || errors.length > 0) return judgement;
  const blocked = judgement.diagnostics.some(({ severity }) => severity === 'error');
  return { ...judgement, errors, outcome: blocked ? 'findings' : 'clean' };
}
