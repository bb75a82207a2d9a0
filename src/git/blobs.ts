import { CheckError } from '../errors.ts';
import type { SnapshotEntry } from './listing.ts';
import { noFile } from './no-file.ts';
import { displayPath } from './path-bytes.ts';
import type { GitOptions, Repository } from './repository.ts';

/** First line of what Git LFS commits in place of a file, and of its predecessor. */
const LFS_POINTER = /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\//;
/** The specification of LFS limits a pointer to less than this. */
const LFS_POINTER_BYTES = 1024;
const MEBIBYTE = 1024 * 1024;
/** The schema of five thousand tables is two of them; nobody writes, or has generated, a source of this size. */
const MAX_FILE_BYTES = 32 * MEBIBYTE;
/** More than the line before an object, and the newline after it. */
const HEADER_BYTES = 128;
/** What one git may hand over at once, so that a tree of any size is read in bounded memory. */
const MAX_BATCH_BYTES = MAX_FILE_BYTES + HEADER_BYTES;

export interface BlobOptions extends Pick<GitOptions, 'env'> {
  /** Takes files as they are, of any size, pointers of Git LFS and where links lead too, for somebody else to make sense of. */
  readonly unparsed?: boolean | undefined;
  /** Leaves out files that are too large and pointers of Git LFS, where others would be refused for them. */
  readonly lenient?: boolean | undefined;
}

/**
 * Picks the entries of some paths out of a snapshot.
 *
 * @throws CheckError `not-in-snapshot` for a path that it does not have, `symlinked-source` or `submodule` for one that
 * is no file, as far as it is to be parsed
 */
export function pickEntries(
  entries: ReadonlyMap<string, SnapshotEntry>,
  label: string,
  paths: readonly string[],
  { unparsed = false }: Pick<BlobOptions, 'unparsed'> = {},
): SnapshotEntry[] {
  return paths.map((path) => {
    const entry = entries.get(path);
    if (entry === undefined) {
      throw new CheckError('not-in-snapshot', `${displayPath(path)} is not in ${label}`, { place: { path } });
    }
    const problem = unparsed && entry.mode === '120000' ? null : noFile(path, entry.mode);
    if (problem !== null) throw problem;
    return entry;
  });
}

/**
 * Reads blobs byte for byte with one `cat-file --batch`: no filter, no line-end conversion.
 *
 * @param missing what an object that is not there means; by default a partial clone or a damaged repository
 * @returns the bytes of each entry by its path, in the order given
 * @throws CheckError `file-too-large`, `lfs-pointer`, and `object-missing` or what `missing` says
 */
export async function readBlobs(
  repo: Repository,
  entries: readonly SnapshotEntry[],
  options: BlobOptions = {},
  missing: (entry: SnapshotEntry) => CheckError = missingObject,
): Promise<Map<string, Buffer>> {
  const blobs = await readObjects(repo, entries, options);
  const contents = new Map<string, Buffer>();
  for (const entry of entries) {
    const found = blobs.get(entry.oid);
    if (found === undefined) throw missing(entry);
    const bytes = options.unparsed === true && Buffer.isBuffer(found) ? found : parsable(entry, found);
    if (Buffer.isBuffer(bytes)) contents.set(entry.path, bytes);
    else if (options.lenient !== true) throw bytes;
  }
  return contents;
}

/** A file's bytes, or why nobody could parse them. @param found the bytes, or of too many of them the number */
function parsable(entry: SnapshotEntry, found: Buffer | number): Buffer | CheckError {
  const size = typeof found === 'number' ? found : found.length;
  if (typeof found === 'number' || size > MAX_FILE_BYTES) return fileTooLarge(entry, size);
  return isLfsPointer(found) ? lfsPointer(entry) : found;
}

/** Objects by name; one that is not there is left out, and of one that is too large to be parsed the size alone is told. */
async function readObjects(
  repo: Repository,
  entries: readonly SnapshotEntry[],
  options: BlobOptions,
): Promise<Map<string, Buffer | number>> {
  const oids = [...new Set(entries.map((entry) => entry.oid))];
  if (oids.length === 0) return new Map();
  try {
    return await readBatch(repo, oids, MAX_BATCH_BYTES, options.env);
  } catch (error) {
    if (!(error instanceof CheckError && error.code === 'output-too-large')) throw error;
  }
  // Only now is it worth asking how large each of them is.
  const sizes = await objectSizes(repo, oids, options.env);
  const tooLarge = options.unparsed === true ? [] : [...sizes].filter(([, size]) => size > MAX_FILE_BYTES);
  const objects = new Map<string, Buffer | number>(tooLarge);
  for (const batch of batches(
    oids.filter((oid) => !objects.has(oid)),
    sizes,
  )) {
    const room = batch.reduce((sum, oid) => sum + (sizes.get(oid) ?? 0) + HEADER_BYTES, 0);
    for (const [oid, bytes] of await readBatch(repo, batch, room, options.env)) objects.set(oid, bytes);
  }
  return objects;
}

async function readBatch(
  repo: Repository,
  oids: readonly string[],
  maxOutput: number,
  env: BlobOptions['env'],
): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>();
  const { stdout } = await repo.git(['cat-file', '--batch', '--buffer'], {
    ...(env === undefined ? {} : { env }),
    input: `${oids.join('\n')}\n`,
    maxOutput,
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

async function objectSizes(
  repo: Repository,
  oids: readonly string[],
  env: BlobOptions['env'],
): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await repo.git(['cat-file', '--batch-check', '--buffer'], {
    ...(env === undefined ? {} : { env }),
    input: `${oids.join('\n')}\n`,
  });
  const lines = stdout.toString('latin1').split('\n');
  return new Map(
    lines.flatMap((line): [string, number][] => {
      const [oid = '', , size = ''] = line.split(' ');
      return size === '' ? [] : [[oid, Number(size)]];
    }),
  );
}

/** Cuts objects into batches that each fit into one output of git. */
function batches(oids: readonly string[], sizes: ReadonlyMap<string, number>): readonly string[][] {
  const found: string[][] = [];
  let room = 0;
  for (const oid of oids) {
    const cost = (sizes.get(oid) ?? 0) + HEADER_BYTES;
    if (cost > room) {
      found.push([]);
      room = MAX_BATCH_BYTES;
    }
    found.at(-1)?.push(oid);
    room -= cost;
  }
  return found;
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

function fileTooLarge(entry: SnapshotEntry, bytes: number): CheckError {
  const [size, limit] = [bytes, MAX_FILE_BYTES].map((count) => `${Math.floor(count / MEBIBYTE)} MiB`);
  return new CheckError(
    'file-too-large',
    `${displayPath(entry.path)} is ${size} large, and dbcheck reads files of up to ${limit}`,
    {
      place: { path: entry.path },
      hint: 'move it to where the configuration names no sources and outputs, or split it',
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
