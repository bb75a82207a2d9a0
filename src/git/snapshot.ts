import { CheckError } from '../errors.ts';
import { type BlobOptions, pickEntries, readBlobs } from './blobs.ts';
import { formerEntries } from './former-entries.ts';
import { type Conflict, type IndexListing, listIndex, listIndexWithConflicts } from './index-listing.ts';
import { type IndexState, isUnwritten } from './index-state.ts';
import type { SnapshotEntry } from './listing.ts';
import { parseTreeListing } from './listing.ts';
import type { Repository } from './repository.ts';

export type ReadOptions = Pick<BlobOptions, 'unparsed' | 'lenient'>;

/** The tree under check, as git would store it. */
export interface Snapshot {
  readonly kind: 'index' | 'commit' | 'worktree';
  /** Names the content in hex: the commit, or the SHA-256 of a listing. The same id means the same entries. */
  readonly id: string;
  /** For messages: `the index`, `commit 1a2b3c4`, `the work tree`, `the empty tree`. */
  readonly label: string;
  /** By path, in the order of the paths' bytes. */
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  /**
   * The bytes of files, by path, exactly as git stores them.
   *
   * @param options `unparsed`: of any size, pointers of Git LFS as they are, and of links where they lead; `lenient`:
   * without files that are too large and pointers of Git LFS
   *
   * @throws CheckError `not-in-snapshot`, `symlinked-source`, `submodule`, `file-too-large`, `lfs-pointer`,
   * `object-missing`; `worktree-changed` if a file on disk is no longer what it was when the snapshot was taken
   */
  read(paths: readonly string[], options?: ReadOptions): Promise<ReadonlyMap<string, Buffer>>;
}

/**
 * The index of the commit in progress. Intentions to add (`git add -N`) are not in it.
 *
 * @throws CheckError `index-unmerged`
 */
export async function readIndex(repo: Repository): Promise<Snapshot> {
  return indexSnapshot(repo, await listIndex(repo));
}

/** A tree under check with what it is held against. */
export interface TreePair {
  readonly snapshot: Snapshot;
  readonly head: Snapshot;
  readonly conflicts: ReadonlyMap<string, Conflict>;
}

/**
 * The index and HEAD, also in the middle of a merge, a rebase, a cherry-pick or a revert: what is in conflict is there as
 * HEAD's side has it, else as the other side has it.
 *
 * @param known both, where they were read a moment ago; they are read again where they may have moved since
 * @throws CheckError as {@link readHead} does
 */
export async function readIndexTrees(repo: Repository, known: IndexState | null = null): Promise<TreePair> {
  const unmoved = known === null ? null : await readKnownTrees(repo, known);
  if (unmoved !== null) return unmoved;
  const [listing, head] = await Promise.all([listIndexWithConflicts(repo), readHead(repo)]);
  return { snapshot: indexSnapshot(repo, listing), head, conflicts: listing.conflicts };
}

async function readKnownTrees(repo: Repository, known: IndexState): Promise<TreePair | null> {
  // Where files don't tell whether they moved, they are read again in any case.
  if (known.writtenAt === null) return null;
  const listing = await listIndexWithConflicts(repo, { listing: known.records });
  const entries = await formerEntries(repo, known.commit, listing);
  // What was compared with the commit has to be the index that is listed.
  if (entries === null || !(await isUnwritten(repo, known))) return null;
  const head = commitWith(repo, known.commit, entries);
  return { snapshot: indexSnapshot(repo, listing), head, conflicts: listing.conflicts };
}

/** The index as it was listed. */
export function indexSnapshot(repo: Repository, { id, entries }: IndexListing): Snapshot {
  return storedSnapshot(repo, { kind: 'index', id, label: 'the index', entries });
}

/**
 * A commit.
 *
 * @param revision whatever git understands as a commit: a hash, a branch, `HEAD~2`
 * @throws CheckError `unknown-revision`
 */
export async function readCommit(repo: Repository, revision: string): Promise<Snapshot> {
  const id = await findCommit(repo, revision);
  if (id !== undefined) return commitSnapshot(repo, id);
  throw new CheckError('unknown-revision', `git knows no commit "${revision}"`, {
    hint: 'list the commits there are: git log --oneline --all',
  });
}

/**
 * The commit that is checked out, or the empty snapshot where there is none yet.
 *
 * @param known the commit, where it was asked for a moment ago
 * @throws CheckError `unknown-revision` if HEAD names something that is no commit
 */
export async function readHead(repo: Repository, known: string | null = null): Promise<Snapshot> {
  const id = known ?? (await findCommit(repo, 'HEAD'));
  if (id !== undefined) return commitSnapshot(repo, id);
  if (await isUnborn(repo)) return emptySnapshot(repo);
  throw new CheckError('unknown-revision', 'HEAD is not a commit that git can find', {
    hint: 'look for the damage: git fsck',
  });
}

/** Names the commit that is checked out: the `id` of {@link readHead}'s snapshot, as far as there is a commit at all. */
export async function headIdentity(repo: Repository): Promise<string> {
  return (await findCommit(repo, 'HEAD')) ?? nullId(repo);
}

/** A commit without files, to compare the first commit of a repository with. */
export function emptySnapshot(repo: Repository): Snapshot {
  return storedSnapshot(repo, {
    ...{ kind: 'commit', id: nullId(repo), label: 'the empty tree', entries: new Map() },
  });
}

function nullId(repo: Repository): string {
  return '0'.repeat(repo.objectFormat === 'sha1' ? 40 : 64);
}

/** The full hash of the commit that a revision names, or undefined. */
export async function findCommit(repo: Repository, revision: string): Promise<string | undefined> {
  const result = await repo.git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    { allowFailure: true },
  );
  const oid = result.stdout.toString().trim();
  return result.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(oid) ? oid : undefined;
}

/** Whether HEAD is a branch without a commit; a damaged branch is not taken for one. */
async function isUnborn(repo: Repository): Promise<boolean> {
  const head = await repo.git(['rev-parse', '--verify', '--quiet', 'HEAD'], { allowFailure: true });
  if (head.exitCode === 0) return false;
  const branch = await repo.git(['symbolic-ref', '--quiet', 'HEAD'], { allowFailure: true });
  if (branch.exitCode !== 0) return false;
  const found = await repo.git(['for-each-ref', '--format=%(refname)', branch.stdout.toString().trim()]);
  return found.stdout.length === 0 && found.stderr === '';
}

async function commitSnapshot(repo: Repository, id: string): Promise<Snapshot> {
  const { stdout } = await repo.git(['ls-tree', '-r', '-z', '--full-tree', id]);
  return commitWith(repo, id, new Map(parseTreeListing(stdout).map((entry) => [entry.path, entry])));
}

function commitWith(repo: Repository, id: string, entries: Snapshot['entries']): Snapshot {
  return storedSnapshot(repo, { kind: 'commit', id, label: `commit ${id.slice(0, 7)}`, entries });
}

/** A snapshot whose blobs are all in the object store. */
function storedSnapshot(repo: Repository, snapshot: Omit<Snapshot, 'read'>): Snapshot {
  return {
    ...snapshot,
    read: async (paths, options) =>
      readBlobs(repo, pickEntries(snapshot.entries, snapshot.label, paths, options), options),
  };
}
