import { CheckError } from '../errors.ts';
import { knownIndexId, listIndexWithConflicts } from './index-listing.ts';
import { comparePaths } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';
import { findCommit } from './snapshot.ts';

export interface ChangedPath {
  readonly path: string;
  readonly kind: 'added' | 'modified' | 'deleted';
}

/**
 * What differs between two snapshots, in the order of the paths' bytes. A changed mode is a modification; a rename is
 * a deletion and an addition.
 */
export function changedPaths(before: Snapshot, after: Snapshot): ChangedPath[] {
  const changes: ChangedPath[] = [];
  for (const [path, entry] of after.entries) {
    const old = before.entries.get(path);
    if (old === undefined) changes.push({ path, kind: 'added' });
    else if (old.oid !== entry.oid || old.mode !== entry.mode) changes.push({ path, kind: 'modified' });
  }
  for (const path of before.entries.keys()) {
    if (!after.entries.has(path)) changes.push({ path, kind: 'deleted' });
  }
  return changes.sort((left, right) => comparePaths(left.path, right.path));
}

/**
 * The commit that two lines of history have in common, as a full hash.
 *
 * @throws CheckError `unknown-revision`; `no-merge-base` for unrelated histories; `shallow-clone` if either may be
 * because the clone was cut off
 */
export async function mergeBase(repo: Repository, base: string, commit: string): Promise<string> {
  const [baseId, commitId] = await Promise.all([findCommit(repo, base), findCommit(repo, commit)]);
  for (const [revision, id] of [
    [base, baseId],
    [commit, commitId],
  ] as const) {
    if (id === undefined) {
      throw await explainMissing(
        repo,
        new CheckError('unknown-revision', `git knows no commit "${revision}"`, {
          hint: 'git fetch, if it is on the server; or list the commits there are: git log --oneline --all',
        }),
      );
    }
  }
  const result = await repo.git(['merge-base', baseId ?? '', commitId ?? ''], { allowFailure: true });
  if (result.exitCode === 0) return result.stdout.toString().split('\n')[0] ?? '';
  const words = result.stderr.trim();
  throw await explainMissing(
    repo,
    new CheckError('no-merge-base', `"${base}" and "${commit}" have no common ancestor\n${words}`.trimEnd(), {
      hint: 'name a base that the commit comes from: --from BASE',
    }),
  );
}

async function explainMissing(repo: Repository, otherwise: CheckError): Promise<CheckError> {
  const { stdout } = await repo.git(['rev-parse', '--is-shallow-repository']);
  if (stdout.toString().trim() !== 'true') return otherwise;
  return new CheckError(
    'shallow-clone',
    `${otherwise.message}: this is a shallow clone, which lacks history`,
    {
      hint: 'fetch it: git fetch --unshallow, or in the CI checkout fetch-depth: 0',
      cause: otherwise,
    },
  );
}

/**
 * Names the content of the index: the `id` of {@link Snapshot} for it. Git does not lock the index while a hook runs,
 * so that whoever checked it asks again at the end. An index with conflicts has one as well.
 */
export async function indexIdentity(repo: Repository): Promise<string> {
  return (await knownIndexId(repo)) ?? (await listIndexWithConflicts(repo)).id;
}
