import { CheckError } from '../errors.ts';
import { decodePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The Go files of a snapshot that hold a text, found by one `git grep` over the object store instead of reading
 * every file.
 *
 * @returns paths, in git's order
 * @throws CheckError `git-failed`
 */
export async function filesWithText(
  repo: Repository,
  snapshot: Snapshot,
  text: string,
): Promise<readonly string[]> {
  if (snapshot.entries.size === 0) return [];
  const where = { index: ['--cached'], worktree: ['--untracked'], commit: [snapshot.id] }[snapshot.kind];
  const args = ['grep', '-l', '-z', '-F', '--no-color', '--no-recurse-submodules', '-e', text, ...where];
  // Else git would read every file of the tree, however large.
  const env = { GIT_LITERAL_PATHSPECS: '0' };
  const found = await repo.git([...args, '--', ':(top,glob)**/*.go'], { allowFailure: true, env });
  if (found.exitCode > 1) throw new CheckError('git-failed', `git grep failed: ${found.stderr.trim()}`);
  const prefix = snapshot.kind === 'commit' ? `${snapshot.id}:` : '';
  return decodePath(found.stdout)
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => path.slice(prefix.length));
}
