import { resolve } from 'node:path';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { inside } from '../hooks/hook-place.ts';

/**
 * The folder that `cache.shared` names, absolute; null where it names none.
 *
 * @throws CheckError `cache-in-snapshot` where it holds files of the tree under check, which would then vouch for itself
 */
export function sharedFolder(repo: Repository, project: Project, snapshot: Snapshot): string | null {
  const { shared } = project.cache;
  if (shared === null) return null;
  const folder = resolve(repo.root, project.dir, shared);
  const below = inside(repo.root, folder);
  const holds = (path: string): boolean => below === '' || path.startsWith(`${below}/`);
  if (below === null || ![...snapshot.entries.keys()].some(holds)) return folder;
  throw new CheckError(
    'cache-in-snapshot',
    `cache.shared is ${shared}, a folder with files of the tree that is judged`,
    {
      place: project.place('cache.shared'),
      hint: 'name a folder outside of the repository, or one that git ignores',
    },
  );
}
