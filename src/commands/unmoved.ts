import { CheckError } from '../errors.ts';
import { indexIdentity } from '../git/changes.ts';
import { type IndexState, isUnwritten } from '../git/index-state.ts';
import { headIdentity } from '../git/snapshot.ts';
import type { OpenProject } from './open-project.ts';

/**
 * Makes sure that what was judged is still what would be committed, and that HEAD is still what it was narrowed by. Git
 * locks neither while a hook runs, so that every answer about the index is preceded by this.
 *
 * @param again what to do where it is not
 * @param known both, as they were read before they were judged; null where they have to be read again to tell
 * @throws CheckError `index-changed`, `head-changed`
 */
export async function requireUnmoved(
  { repo, snapshot, head }: Pick<OpenProject, 'repo' | 'snapshot' | 'head'>,
  again: 'commit again' | 'run the same command again',
  known: IndexState | null = null,
): Promise<void> {
  if (known !== null && (await isUnwritten(repo, known))) return;
  const [indexNow, headNow] = await Promise.all([indexIdentity(repo), headIdentity(repo)]);
  if (indexNow !== snapshot.id) {
    throw new CheckError('index-changed', 'The index changed while dbcheck was judging it', {
      hint: `${again}: what was judged is not what would be committed`,
    });
  }
  if (headNow !== head.id) {
    throw new CheckError('head-changed', 'HEAD moved while dbcheck was judging the index', {
      hint: `${again}: what changed was found by comparing with another commit`,
    });
  }
}
