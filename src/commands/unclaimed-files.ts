import { isScanned } from '../config/scanned-paths.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import { filesWithText } from '../git/marked-files.ts';
import type { Evidence } from '../verdict/evidence.ts';
import { isMarked, SQLC_MARK } from '../verdict/sqlc-header.ts';
import type { OpenProject } from './open-project.ts';
import { folderOf } from './read-sources.ts';

/**
 * Files with sqlc's mark outside of every declared output folder: in a whole tree by one search, in a narrowed
 * check among the changed files only.
 *
 * @param declared the configurations of the snapshot and of HEAD
 * @param made the paths that the steps made
 */
export async function unclaimedFiles(
  open: OpenProject,
  declared: readonly SqlcConfig[],
  made: ReadonlySet<string>,
): Promise<readonly Evidence[]> {
  if (declared.length === 0) return [];
  const { repo, snapshot, head, changes } = open;
  const folders = new Set(
    declared.flatMap(({ entries }) => entries.flatMap(({ outs }) => outs.map(({ dir }) => dir))),
  );
  const candidates =
    snapshot.id === head.id
      ? await filesWithText(repo, snapshot, SQLC_MARK)
      : changes.flatMap(({ path, kind }) => (kind !== 'deleted' && path.endsWith('.go') ? [path] : []));
  const outside = candidates.filter(
    (path) => !made.has(path) && !folders.has(folderOf(path)) && isFile(open, path),
  );
  if (outside.length === 0) return [];
  const scanned = isScanned([...snapshot.entries.values()], open.project.dir);
  const files = await snapshot.read(outside.filter(scanned));
  const paths = [...files].flatMap(([path, bytes]) => (isMarked(bytes) ? [path] : []));
  return paths.length === 0 ? [] : [{ kind: 'unclaimed', id: declared[0]?.path ?? '', paths }];
}

function isFile({ snapshot }: OpenProject, path: string): boolean {
  return snapshot.entries.get(path)?.mode.startsWith('100') === true;
}
