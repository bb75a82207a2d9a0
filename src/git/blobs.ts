import { CheckError } from '../errors.ts';
import type { SnapshotEntry } from './listing.ts';
import { noFile } from './no-file.ts';
import { displayPath } from './path-bytes.ts';
import type { GitOptions, Repository } from './repository.ts';

/** First line of what Git LFS commits in place of a file, and of its predecessor. */
const LFS_POINTER = /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\//;
/** The specification of LFS limits a pointer to less than this. */
const LFS_POINTER_BYTES = 1024;

/**
 * Picks the entries of some paths out of a snapshot.
 *
 * @throws CheckError `not-in-snapshot` for a path that it does not have, `symlinked-source` or `submodule` for one that
 * is no file
 */
export function pickEntries(
  entries: ReadonlyMap<string, SnapshotEntry>,
  label: string,
  paths: readonly string[],
): SnapshotEntry[] {
  return paths.map((path) => {
    const entry = entries.get(path);
    if (entry === undefined) {
      throw new CheckError('not-in-snapshot', `${displayPath(path)} is not in ${label}`, { place: { path } });
    }
    const problem = noFile(path, entry.mode);
    if (problem !== null) throw problem;
    return entry;
  });
}

/**
 * Reads blobs byte for byte with one `cat-file --batch`: no filter, no line-end conversion.
 *
 * @param missing what an object that is not there means; by default a partial clone or a damaged repository
 * @returns the bytes of each entry by its path, in the order given
 * @throws CheckError `lfs-pointer`, and `object-missing` or what `missing` says
 */
export async function readBlobs(
  repo: Repository,
  entries: readonly SnapshotEntry[],
  options: Pick<GitOptions, 'env'> = {},
  missing: (entry: SnapshotEntry) => CheckError = missingObject,
): Promise<Map<string, Buffer>> {
  const blobs = await readObjects(repo, [...new Set(entries.map((entry) => entry.oid))], options);
  const contents = new Map<string, Buffer>();
  for (const entry of entries) {
    const bytes = blobs.get(entry.oid);
    if (bytes === undefined) throw missing(entry);
    if (isLfsPointer(bytes)) throw lfsPointer(entry);
    contents.set(entry.path, bytes);
  }
  return contents;
}

/** Objects by name; one that is not there is left out. */
async function readObjects(
  repo: Repository,
  oids: readonly string[],
  options: Pick<GitOptions, 'env'>,
): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>();
  if (oids.length === 0) return objects;
  const { stdout } = await repo.git(['cat-file', '--batch', '--buffer'], {
    ...options,
    input: `${oids.join('\n')}\n`,
  });
  let start = 0;
  while (start < stdout.length) {
    const lineEnd = stdout.indexOf('\n', start);
    const [oid = '', , size = ''] = stdout.toString('latin1', start, lineEnd).split(' ');
    start = lineEnd + 1;
    // "OID missing" has no size, and nothing follows it.
    if (size === '') continue;
    objects.set(oid, stdout.subarray(start, start + Number(size)));
    start += Number(size) + 1;
  }
  return objects;
}

function isLfsPointer(bytes: Buffer): boolean {
  return bytes.length < LFS_POINTER_BYTES && LFS_POINTER.test(bytes.toString('latin1', 0, 60));
}

/** What it means that the object store lacks a blob. */
export function missingObject(entry: SnapshotEntry): CheckError {
  return new CheckError(
    'object-missing',
    `the content of ${displayPath(entry.path)} (object ${entry.oid}) is not in this repository`,
    {
      place: { path: entry.path },
      hint: 'a partial clone fetches what it lacks with: git fetch --refetch --no-filter',
    },
  );
}

function lfsPointer(entry: SnapshotEntry): CheckError {
  return new CheckError(
    'lfs-pointer',
    `${displayPath(entry.path)} is kept in Git LFS, so the commit holds a pointer and not the file`,
    {
      place: { path: entry.path },
      hint: `keep it in git itself: git lfs untrack ${displayPath(entry.path)}`,
    },
  );
}
