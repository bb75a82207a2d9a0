import { tmpdir } from 'node:os';

/** How the system, git, Go, Postgres, MySQL and SQLite say that a disk or a quota is full. */
const IS_FULL =
  /\bENOSPC\b|\bEDQUOT\b|no space left on device|disk quota exceeded|errcode: 28\b|database or disk is full/i;

/**
 * What to do where a disk is full, whoever met it: the same everywhere, and not what would mend the thing that failed.
 *
 * @param words what was said about the failure, in anybody's words
 * @param isNamed whether the place that can't be written to is named beside it
 * @returns null where the words speak of something else
 */
export function fullDiskHint(words: string, isNamed: boolean): string | null {
  if (!IS_FULL.test(words)) return null;
  if (isNamed) return 'make room on that disk, then run the same command again';
  const folders = ['.', tmpdir(), ...(process.platform === 'linux' ? ['/dev/shm'] : [])];
  return `make room on the disk that is full, then run the same command again; to see which: df -h ${folders.join(' ')}`;
}
