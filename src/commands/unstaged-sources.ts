import { stageCommand } from '../config/stage-command.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { readDisk } from '../git/worktree.ts';
import type { CommandResult, CommonOptions } from './options.ts';

/** How many sources are named; a note is no listing. */
const MOST = 5;

/**
 * Says of a refused index which of its sources differ on the disk: outputs that were made from those look as if somebody had
 * edited them by hand, and mending the index takes them back.
 *
 * @param sources of the targets that were judged
 */
export async function withUnstagedSources(
  result: CommandResult,
  repo: Repository,
  sources: readonly string[],
  { format }: CommonOptions,
): Promise<CommandResult> {
  const { changes, untracked } = await readDisk(repo, sources);
  const differing = new Set([...changes.changed, ...changes.deleted, ...untracked]);
  const behind = [...new Set(sources)].filter((path) => differing.has(path));
  const more = behind.length > MOST ? [`note: and ${behind.length - MOST} more`] : [];
  const then = (path: string): string =>
    repo.privateIndex ? ', name it too: git commit PATHS takes nothing else' : `: ${stageCommand(path)}`;
  const notes = behind
    .slice(0, MOST)
    .map(
      (path) =>
        `note: ${displayPath(path)} differs on disk from the index that was judged; if the commit is to have that${then(path)}`,
    );
  const lines = [...notes, ...more].map((line) => `${line}\n`).join('');
  return format === 'json'
    ? { ...result, stderr: `${result.stderr}${lines}` }
    : { ...result, stdout: `${result.stdout}${lines}` };
}
