import { posix } from 'node:path';
import { shellWord } from '../config/stage-command.ts';
import { diskBlobs } from '../git/disk-blobs.ts';
import { readIndexFlags } from '../git/index-flags.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';

/**
 * Those of the paths where the disk has other bytes right now than the snapshot, so that writing what was made of the
 * snapshot would lose them; each with the cause and the command that helps.
 *
 * @param again the command that is running
 */
export async function unseenEdits(
  repo: Repository,
  { entries }: Pick<Snapshot, 'entries'>,
  paths: readonly string[],
  again: string,
): Promise<ReadonlyMap<string, string>> {
  const blobs = await diskBlobs(repo, paths);
  const unseen = paths.filter((path) => {
    const oid = entries.get(path)?.oid;
    return oid === undefined || blobs.get(path)?.has(oid) !== true;
  });
  if (unseen.length === 0) return new Map();
  const { skipWorktree, assumeUnchanged } = await readIndexFlags(repo);
  const cause = (path: string): string => {
    const [shown, word] = [displayPath(path), shellWord(posix.relative(repo.cwdPrefix, path))];
    if (!blobs.has(path)) {
      return `${shown} is not on disk: git checkout --ignore-skip-worktree-bits -- ${word}`;
    }
    const flag = skipWorktree.has(path)
      ? 'skip-worktree'
      : assumeUnchanged.has(path)
        ? 'assume-unchanged'
        : null;
    return flag === null
      ? `${shown} was edited meanwhile: ${again}`
      : `${shown} has edits that git does not look at: git update-index --no-${flag} -- ${word}`;
  };
  return new Map(unseen.map((path) => [path, cause(path)]));
}
