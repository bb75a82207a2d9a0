import type { IndexListing } from './index-listing.ts';
import { entryMode, type SnapshotEntry, splitRecords } from './listing.ts';
import { comparePaths, decodePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';

/** Line of `git diff-index --raw`: modes and objects of both sides, then what happened. */
const RAW = /^:(\d+) \d+ ([0-9a-f]+) [0-9a-f]+ ([ADMT])$/;

/**
 * The entries of a commit, told from those of the index and what differs between the two. Git skips the folders that it
 * knows to be the same, and what stands in both trees is held once: of a tree with thousands of files that takes a fraction
 * of listing the commit.
 *
 * @param index must be the repository's index of this moment
 * @returns the same as `git ls-tree -r` lists, in the same order; null where the index is in the middle of a merge
 */
export async function formerEntries(
  repo: Repository,
  commit: string,
  index: IndexListing,
): Promise<ReadonlyMap<string, SnapshotEntry> | null> {
  if (index.conflicts.size > 0) return null;
  const { stdout } = await repo.git([
    ...['diff-index', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames'],
    ...['--ignore-submodules=none', '--ita-invisible-in-index', commit],
  ]);
  const former = new Map<string, SnapshotEntry | null>();
  const fields = splitRecords(stdout);
  for (let at = 0; at < fields.length; at += 2) {
    const [, mode, oid, kind] = RAW.exec(fields[at]?.toString('latin1') ?? '') ?? [];
    const name = fields[at + 1];
    if (mode === undefined || oid === undefined || name === undefined) return null;
    const path = decodePath(name);
    former.set(path, kind === 'A' ? null : { path, mode: entryMode(mode), oid });
  }
  return withoutDifferences(index.entries, former);
}

function withoutDifferences(
  entries: ReadonlyMap<string, SnapshotEntry>,
  former: ReadonlyMap<string, SnapshotEntry | null>,
): ReadonlyMap<string, SnapshotEntry> {
  const kept: SnapshotEntry[] = [];
  for (const [path, entry] of entries) {
    const before = former.get(path);
    if (before !== null) kept.push(before ?? entry);
  }
  const gone = [...former.values()].filter((entry) => entry !== null && !entries.has(entry.path));
  if (gone.length > 0) {
    for (const entry of gone) if (entry !== null) kept.push(entry);
    kept.sort((left, right) => comparePaths(left.path, right.path));
  }
  return new Map(kept.map((entry) => [entry.path, entry]));
}
