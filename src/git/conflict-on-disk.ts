import { lstat, readFile } from 'node:fs/promises';
import { readBlobs } from './blobs.ts';
import type { Conflict } from './index-listing.ts';
import type { SnapshotEntry } from './listing.ts';
import type { Repository } from './repository.ts';
import { diskPath, hasCode } from './write-target.ts';

/** The lines that git puts around a conflict in every style; their length can be set, and a label may follow. */
const MARKER = /^(?:<{7,}|\|{7,}|={7,}|>{7,})(?: .*)?$/;

/**
 * Those paths in conflict whose file on disk holds nothing that git could not give back: each line is a marker, or
 * stands in one of the three sides. That is what a merge itself leaves, in whatever style and by whatever algorithm;
 * a line that somebody has typed is in no side. A file that is not there holds nothing.
 */
export async function holdingKnownLines(
  repo: Repository,
  conflicts: readonly Conflict[],
): Promise<ReadonlySet<string>> {
  if (conflicts.length === 0) return new Set();
  const sides = await Promise.all(
    (['base', 'ours', 'theirs'] as const).map((side) =>
      readBlobs(
        repo,
        conflicts.flatMap((conflict) => asFile(conflict[side])),
      ),
    ),
  );
  const known = await Promise.all(
    conflicts.map(async ({ path }) => {
      const disk = await readFromDisk(repo, path);
      const lines = new Set(sides.flatMap((side) => linesOf(side.get(path) ?? Buffer.alloc(0))));
      const isKnown = (line: string) => line === '' || lines.has(line) || MARKER.test(line);
      return disk !== null && linesOf(disk).every(isKnown) ? [path] : [];
    }),
  );
  return new Set(known.flat());
}

/** Empty where nothing is there; null for what is no readable file. */
async function readFromDisk(repo: Repository, path: string): Promise<Buffer | null> {
  const place = diskPath(repo, path);
  try {
    return (await lstat(place)).isFile() ? await readFile(place) : null;
  } catch (error) {
    return hasCode(error, 'ENOENT', 'ENOTDIR') ? Buffer.alloc(0) : null;
  }
}

function asFile(entry: SnapshotEntry | undefined): SnapshotEntry[] {
  return entry?.mode.startsWith('100') === true ? [entry] : [];
}

/** Without line ends, which git may write otherwise on disk than it stores them; byte for byte besides. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split(/\r?\n/);
}
