import { CheckError } from '../errors.ts';
import type { FileWrite } from '../git/file-write.ts';
import { readIndex } from '../git/snapshot.ts';
import { stageFiles } from '../git/stage.ts';
import { targetSources } from '../plan/target-sources.ts';
import { judge } from './judge.ts';
import { type OpenProject, openProject } from './open-project.ts';
import type { CommonOptions } from './options.ts';
import { targetsToJudge } from './select.ts';
import { createToolbox } from './toolbox.ts';
import { requireUnmoved } from './unmoved.ts';
import type { FoundMends } from './write-mends.ts';

/**
 * Judges the work tree, or with `stage` the index, for what is to be written and deleted.
 *
 * @throws CheckError `private-index` in a hook of `git commit PATH`, where staging would be lost; `index-changed` or
 * `head-changed` where that happened meanwhile; `interrupted` where the steps were told to end, so that there is nothing
 * whole to write
 */
export async function findMends(
  options: CommonOptions,
  { stage }: { readonly stage: boolean },
): Promise<FoundMends> {
  const open = await openProject(options, stage ? { kind: 'index', resolves: true } : { kind: 'worktree' });
  if (stage && open.repo.privateIndex) await stageFiles(open.repo, []);
  const found = await judged(open, options, stage);
  // Regenerating takes seconds, in which git locks nothing: what was made may belong to an index of the past.
  if (stage) await requireUnmoved(open, 'run the same command again');
  return found;
}

async function judged(open: OpenProject, options: CommonOptions, stage: boolean): Promise<FoundMends> {
  const affected = targetsToJudge(open, stage ? 'changed' : 'whole', options.targets);
  const toolbox = createToolbox({ ...open, options, mayBuild: true });
  try {
    const { judgement, mends } = await judge(open, affected, toolbox, {
      options,
      extra: [],
      verifies: !stage,
      wholeTree: false,
    });
    if (options.signal.aborted)
      throw new CheckError('interrupted', 'dbcheck was interrupted; nothing was written');
    // Regenerating takes seconds, in which git locks nothing: what was made may belong to an index of the past.
    if (stage) await requireUnmoved(open, 'run the same command again');
    const targets = affected.map(({ target }) => target);
    return {
      ...{ repo: open.repo, judgement },
      ...(stage ? { writes: mends, kept: [] } : await withoutUnknownBytes(open, mends)),
      sources: targetSources(targets, open.project),
      unmerged: [...open.conflicts.outputs, ...open.conflicts.others],
      affected: {
        targets: affected.length,
        of: open.graph.targets.length,
        cached: toolbox.memory.countCached(targets.map(({ id }) => id)),
      },
    };
  } finally {
    await toolbox.close();
  }
}

/** Deletes only what git can give back: bytes that are in HEAD or in the index. */
async function withoutUnknownBytes(
  open: OpenProject,
  mends: readonly FileWrite[],
): Promise<{ readonly writes: readonly FileWrite[]; readonly kept: readonly string[] }> {
  if (mends.every(({ kind }) => kind === 'write')) return { writes: mends, kept: [] };
  const index = await readIndex(open.repo);
  const known = (path: string): boolean => {
    const oid = open.snapshot.entries.get(path)?.oid;
    return oid !== undefined && [index, open.head].some((tree) => tree.entries.get(path)?.oid === oid);
  };
  const kept = mends.filter(({ kind, path }) => kind === 'delete' && !known(path)).map(({ path }) => path);
  return { writes: mends.filter(({ path }) => !kept.includes(path)), kept };
}
