import { lstat } from 'node:fs/promises';
import { type IndexFlags, readIndexFlags } from './index-flags.ts';
import { type IndexListing, listIndexWithConflicts } from './index-listing.ts';
import type { Repository } from './repository.ts';
import { withScratchIndex } from './scratch-index.ts';
import { diskChanges } from './worktree.ts';
import { diskPath, hasCode } from './write-target.ts';

/** What git keeps of an index, with how it compares it to the disk. */
export interface ReadIndex {
  readonly index: IndexListing;
  readonly flags: IndexFlags;
}

/**
 * Those of the given paths where nobody has an edit that is not staged, so that the disk may follow the index: the
 * disk has what the index has (as git would store it), or neither has anything. A path that a sparse checkout keeps
 * off the disk is not among them, since nothing should be written there; nor is one that git was told not to compare,
 * nor one in conflict.
 *
 * @param read the index, where it has been read already
 */
export async function diskEqualsIndex(
  repo: Repository,
  paths: readonly string[],
  read: ReadIndex | null = null,
): Promise<ReadonlySet<string>> {
  const [{ index, flags }, changes] = await Promise.all([read ?? readWholeIndex(repo), diskChanges(repo)]);
  const uncompared = new Set([...flags.skipWorktree, ...flags.assumeUnchanged]);
  const deleted = new Set(changes.deleted);
  const changed = new Set(changes.changed);
  const rewritten = await rewrittenAlike(
    repo,
    paths.filter((path) => changed.has(path) && index.entries.has(path) && !index.conflicts.has(path)),
  );
  const equal = new Set<string>();
  for (const path of paths) {
    if (index.conflicts.has(path)) continue;
    const isEqual = index.entries.has(path)
      ? !uncompared.has(path) && !deleted.has(path) && (!changed.has(path) || rewritten.has(path))
      : !index.intentToAdd.has(path) && !(await isOnDisk(repo, path));
    if (isEqual) equal.add(path);
  }
  return equal;
}

/** Reads an index, conflicts and flags included. */
export async function readWholeIndex(repo: Repository): Promise<ReadIndex> {
  const [index, flags] = await Promise.all([listIndexWithConflicts(repo), readIndexFlags(repo)]);
  return { index, flags };
}

/** Files that look changed by their times, and yet have the bytes and mode that the index has. */
async function rewrittenAlike(repo: Repository, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  return withScratchIndex(repo, 'names', async (scratch) => {
    const before = await listIndexWithConflicts(repo, scratch.options);
    await scratch.record({ changed: paths, deleted: [] });
    const after = await listIndexWithConflicts(repo, scratch.options);
    const alike = paths.filter((path) => {
      const [old, now] = [before.entries.get(path), after.entries.get(path)];
      return old !== undefined && now !== undefined && old.oid === now.oid && old.mode === now.mode;
    });
    return new Set(alike);
  });
}

async function isOnDisk(repo: Repository, path: string): Promise<boolean> {
  try {
    await lstat(diskPath(repo, path));
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
