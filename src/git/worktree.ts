import { CheckError } from '../errors.ts';
import { missingObject, pickEntries, readBlobs } from './blobs.ts';
import type { IndexListing } from './index-listing.ts';
import { listIndex } from './index-listing.ts';
import type { SnapshotEntry } from './listing.ts';
import { parseRawDifferences, splitRecords } from './listing.ts';
import { decodePath, displayPath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { withScratchIndex } from './scratch-index.ts';
import type { ReadOptions, Snapshot } from './snapshot.ts';
import { isTemporaryPath } from './temporary-file.ts';

/**
 * The files on disk as `git add --all` would record them: tracked ones, and untracked ones that are not ignored.
 * Entries that a sparse checkout leaves out (skip-worktree) and submodules are taken from the index, deleted files are
 * absent. Filters, line ends and modes are git's own doing, in a copy of the index.
 *
 * @throws CheckError `index-unmerged`
 */
export async function readWorktree(repo: Repository): Promise<Snapshot> {
  const [index, disk] = await Promise.all([listIndex(repo), readDisk(repo)]);
  return worktreeSnapshot(repo, index, disk);
}

/** What the lines of `git status --porcelain=v2` begin with. */
const [HEADER, TRACKED, UNTRACKED] = [0x23, 0x31, 0x3f];
const SPACE = 0x20;
/** More bytes than there are before the object names in the line of a tracked file. */
const MODES_END = 64;
const FIELDS_BEFORE_PATH = 8;
const HEAD_COMMIT = /^# branch\.oid ([0-9a-f]{40,64})$/;

/** How the disk differs from the index, and what it has besides. */
export interface Disk {
  /** The commit that is checked out; null where there is none. */
  readonly head: string | null;
  readonly changes: DiskChanges;
  readonly untracked: readonly string[];
}

/** So many paths fit a command line, whatever their length. */
const MOST_NAMED = 256;

/**
 * Compares the disk with the index, in bytes where times differ, without writing to the index.
 *
 * @param paths those that matter; git looks at no others where they can be named to it, which saves it most of the time
 */
export async function readDisk(repo: Repository, paths: readonly string[] = []): Promise<Disk> {
  const canName = paths.length <= MOST_NAMED && paths.every((path) => /^[\x20-\x7e]+$/.test(path));
  const named = canName ? paths : [];
  const { stdout } = await repo.git([
    ...['status', '--porcelain=v2', '--branch', '--no-ahead-behind', '-z', '--no-renames'],
    ...['--untracked-files=all', '--ignore-submodules=all', '--', ...named],
  ]);
  const changed: string[] = [];
  const deleted: string[] = [];
  const untracked: string[] = [];
  let head: string | null = null;
  for (const record of splitRecords(stdout)) {
    if (record[0] === HEADER) head ??= HEAD_COMMIT.exec(record.toString('latin1'))?.[1] ?? null;
    else if (record[0] === UNTRACKED) {
      const path = decodePath(record.subarray(2));
      // A path with a slash at its end is another repository.
      if (!path.endsWith('/') && !isTemporaryPath(path)) untracked.push(path);
    } else if (record[0] === TRACKED) {
      // "1 XY SUBMODULE MODE_OF_HEAD MODE_OF_INDEX MODE_ON_DISK OID OID PATH"; Y is of the disk, a dot for no change.
      const [, states = '', , , , mode = ''] = record.toString('latin1', 0, MODES_END).split(' ');
      if (states[1] === '.') continue;
      const path = decodePath(record.subarray(pathStart(record)));
      (states[1] === 'D' || mode === '160000' ? deleted : changed).push(path);
    }
  }
  return { head, changes: { changed, deleted }, untracked };
}

function pathStart(record: Buffer): number {
  let at = 0;
  for (let field = 0; field < FIELDS_BEFORE_PATH; field += 1) at = record.indexOf(SPACE, at) + 1;
  return at;
}

/** The same as `readWorktree` where the index is listed already, and has no conflicts. */
export async function worktreeSnapshot(
  repo: Repository,
  index: IndexListing,
  { changes, untracked }: Disk,
): Promise<Snapshot> {
  const changed = [...changes.changed, ...untracked];
  const listing =
    changed.length === 0 && changes.deleted.length === 0
      ? index
      : await withScratchIndex(repo, 'names', async (scratch) => {
          await scratch.record({ changed, deleted: changes.deleted });
          return listIndex(repo, scratch.options);
        });
  const label = 'the work tree';
  return {
    kind: 'worktree',
    id: listing.id,
    label,
    entries: listing.entries,
    read: async (paths, options) =>
      readFromDisk(repo, index, pickEntries(listing.entries, label, paths, options), options),
  };
}

/** How the disk may differ from the index. */
export interface DiskChanges {
  /** Tracked files with other bytes, another mode or only another time; intentions to add that are on disk. */
  readonly changed: readonly string[];
  /** Tracked files that are not on disk, also where something that is no file has taken their place. */
  readonly deleted: readonly string[];
}

/** Compares the disk with the index by times and modes, without writing to the index. */
export async function diskChanges(repo: Repository): Promise<DiskChanges> {
  const { stdout } = await repo.git(['diff-files', '--raw', '-z', '--no-renames', '--ignore-submodules=all']);
  const changed: string[] = [];
  const deleted: string[] = [];
  for (const { path, newMode, status } of parseRawDifferences(stdout)) {
    const gone = status === 'D' || newMode === '160000';
    (gone ? deleted : changed).push(path);
  }
  return { changed, deleted };
}

/** What the index holds already is read from the object store; only the rest needs git's filters. */
async function readFromDisk(
  repo: Repository,
  index: IndexListing,
  entries: readonly SnapshotEntry[],
  options: ReadOptions = {},
): Promise<Map<string, Buffer>> {
  const changed = entries.filter((entry) => index.entries.get(entry.path)?.oid !== entry.oid);
  if (changed.length === 0) return readBlobs(repo, entries, options);
  return withScratchIndex(repo, 'contents', async (scratch) => {
    await scratch.record({ changed: changed.map((entry) => entry.path), deleted: [] });
    return readBlobs(repo, entries, { ...scratch.options, ...options }, (entry) =>
      changed.includes(entry) ? changedMeanwhile(entry) : missingObject(entry),
    );
  });
}

function changedMeanwhile(entry: SnapshotEntry): CheckError {
  return new CheckError('worktree-changed', `${displayPath(entry.path)} changed while it was being read`, {
    place: { path: entry.path },
    hint: 'run the same command again',
  });
}
