import type { IndexListing } from './index-listing.ts';
import { entryMode, parseRawDifferences, type SnapshotEntry } from './listing.ts';
import { comparePaths } from './path-bytes.ts';
import type { Repository } from './repository.ts';

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
  for (const { path, oldMode, oldOid, status } of parseRawDifferences(stdout)) {
    former.set(path, status === 'A' ? null : { path, mode: entryMode(oldMode), oid: oldOid });
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
  const gone = [...former].flatMap(([path, entry]) => (entry === null || entries.has(path) ? [] : [entry]));
  const all =
    gone.length === 0 ? kept : [...kept, ...gone].sort((left, right) => comparePaths(left.path, right.path));
  return new Map(all.map((entry) => [entry.path, entry]));
}
