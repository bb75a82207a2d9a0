import { diskBeside } from './disk-follows.ts';
import type { FileWrite } from './file-write.ts';
import type { Repository } from './repository.ts';
import { prepareStaging } from './stage.ts';
import { requireSafeUntracked } from './untracked-outputs.ts';
import { writeFiles } from './worktree-write.ts';

/** What staging left as it was. */
export interface LeftAlone {
  /** The paths of the writes whose file on disk was left alone. */
  readonly left: readonly string[];
  /** Those of the other paths whose file on disk is not what the index has. */
  readonly behind: readonly string[];
}

/**
 * Puts files into the index, and lets the disk follow where nothing is lost by that. The contents are stored first, then
 * the disk is written, and the index last and at once: whatever ends this in between, whoever does it again finds the
 * index as stale as it was, and completes.
 *
 * @param how `madeFrom`: the identity of the index that the contents follow from; `others`: paths that are not written, to be held
 * against the disk while it is looked at
 * @throws CheckError `untracked-output` where lint-staged, at work, would delete a file; what staging and writing throw;
 * before the first byte on disk, as far as it can be told by then
 */
export async function writeAndStage(
  repo: Repository,
  writes: readonly FileWrite[],
  {
    others = [],
    madeFrom,
  }: { readonly others?: readonly string[]; readonly madeFrom?: string | undefined } = {},
): Promise<LeftAlone> {
  const staging = await prepareStaging(repo, writes, madeFrom);
  const { following, equal } = await diskBeside(repo, staging.read, writes, others);
  const left = writes.map(({ path }) => path).filter((path) => !following.has(path));
  await requireSafeUntracked(repo, staging.read.index, left);
  await writeFiles(
    repo,
    writes.filter(({ path }) => following.has(path)),
  );
  await staging.finish();
  return { left, behind: others.filter((path) => !equal.has(path)) };
}
