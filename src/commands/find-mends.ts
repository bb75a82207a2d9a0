import { CheckError } from '../errors.ts';
import { diskBlobs } from '../git/disk-blobs.ts';
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
  if (!stage) return withoutUnknownBytes(open, found);
  await requireUnmoved(open, 'run the same command again');
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
      ...{ repo: open.repo, judgement, writes: mends, kept: [] },
      sources: targetSources(targets, open.project),
      unmerged: open.conflicts,
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

/**
 * Deletes only what git can give back: bytes that are in HEAD or in the index. The disk is asked, since the snapshot is of
 * the past by now, and has nothing of edits that the index hides.
 */
async function withoutUnknownBytes(open: OpenProject, found: FoundMends): Promise<FoundMends> {
  const deleted = found.writes.filter(({ kind }) => kind === 'delete').map(({ path }) => path);
  if (deleted.length === 0) return found;
  const [index, blobs] = await Promise.all([readIndex(open.repo), diskBlobs(open.repo, deleted)]);
  const kept = deleted.filter((path) => {
    const oids = blobs.get(path);
    const known = [index, open.head].map(({ entries }) => entries.get(path)?.oid);
    return oids !== undefined && !known.some((oid) => oid !== undefined && oids.has(oid));
  });
  return { ...found, writes: found.writes.filter(({ path }) => !kept.includes(path)), kept };
}
