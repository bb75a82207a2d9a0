import { createHash } from 'node:crypto';
import { CheckError } from '../errors.ts';
import type { IndexRecord, SnapshotEntry } from './listing.ts';
import { parseIndexListing, splitRecords } from './listing.ts';
import { decodePath, displayPath } from './path-bytes.ts';
import type { GitOptions, Repository } from './repository.ts';

/** A path that a merge left unresolved, as each side has it; a side without it has deleted it or never had it. */
export interface Conflict {
  readonly path: string;
  readonly base: SnapshotEntry | undefined;
  /** HEAD's side, in a rebase as well: there it is what the picked commit goes on top of. */
  readonly ours: SnapshotEntry | undefined;
  readonly theirs: SnapshotEntry | undefined;
}

/** What an index holds, and its identity. */
export interface IndexListing {
  /**
   * SHA-256 in hex of the records of `git ls-files -s -z`, each with its NUL, without those that are only an
   * intention to add.
   */
  readonly id: string;
  /** Where conflicts are listed, they are among these as HEAD's side has them, else as the other or the base has them. */
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  /** By path; always empty where conflicts are refused. */
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** Paths of `git add -N`: known to the index, but no part of what would be committed. */
  readonly intentToAdd: ReadonlySet<string>;
}

/** Objects that git knows without having them, in both of its formats: `git hash-object -t TYPE /dev/null`. */
const EMPTY = {
  sha1: {
    blob: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
    tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  },
  sha256: {
    blob: '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
    tree: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
  },
} as const;

/**
 * Lists the index without writing to it. (`git write-tree` would also name it, but it rewrites the index and adds
 * objects.)
 *
 * @param options `env` may name another index than the repository's own
 * @throws CheckError `index-unmerged` with the paths that are in conflict
 */
export async function listIndex(
  repo: Repository,
  options: Pick<GitOptions, 'env'> = {},
): Promise<IndexListing> {
  const listing = await listIndexWithConflicts(repo, options);
  if (listing.conflicts.size > 0) {
    throw unmergedError([...listing.conflicts.keys()], 'resolve them and stage the result: git add -- PATHS');
  }
  return listing;
}

/** The index as `git ls-files -s -z` lists it. */
export async function readIndexRecords(
  repo: Repository,
  options: Pick<GitOptions, 'env'> = {},
): Promise<Buffer> {
  return (await repo.git(['ls-files', '-s', '-z'], options)).stdout;
}

/**
 * The same for an index in the middle of a merge, with what is in conflict.
 *
 * @param options `listing`: what {@link readIndexRecords} read of it already
 */
export async function listIndexWithConflicts(
  repo: Repository,
  { listing, ...options }: Pick<GitOptions, 'env'> & { readonly listing?: Buffer } = {},
): Promise<IndexListing> {
  const stdout = listing ?? (await readIndexRecords(repo, options));
  const records = parseIndexListing(stdout);
  const conflicts = findConflicts(records);

  const emptyBlob = EMPTY[repo.objectFormat].blob;
  const mayBeIntents = records.filter(({ oid, side }) => oid === emptyBlob && side === undefined);
  const intentToAdd = await findIntents(
    repo,
    mayBeIntents.map(({ path }) => path),
    options,
  );

  const entries = new Map<string, SnapshotEntry>();
  for (const record of records) {
    const { path } = record;
    if (intentToAdd.has(path)) continue;
    const conflict = conflicts.get(path);
    entries.set(path, conflict?.ours ?? conflict?.theirs ?? conflict?.base ?? record);
  }
  return { id: listingId(stdout, records, intentToAdd), entries, conflicts, intentToAdd };
}

function listingId(
  listing: Buffer,
  records: readonly IndexRecord[],
  intentToAdd: ReadonlySet<string>,
): string {
  const hash = createHash('sha256');
  if (intentToAdd.size === 0) return hash.update(listing).digest('hex');
  for (const [at, bytes] of splitRecords(listing).entries()) {
    if (!intentToAdd.has(records[at]?.path ?? '')) hash.update(bytes).update('\0');
  }
  return hash.digest('hex');
}

function findConflicts(records: readonly IndexRecord[]): ReadonlyMap<string, Conflict> {
  const conflicts = new Map<string, Conflict>();
  for (const { path, mode, oid, side } of records) {
    if (side === undefined) continue;
    const known = conflicts.get(path) ?? { path, base: undefined, ours: undefined, theirs: undefined };
    conflicts.set(path, { ...known, [side]: { path, mode, oid } });
  }
  return conflicts;
}

/**
 * Names what `listIndex` would give, without reading the listing's records: a digest that differs wherever the entries
 * or the intentions to add do. An index with unresolved conflicts has one as well.
 *
 * @param listing as {@link readIndexRecords} reads it
 */
export async function indexDigest(repo: Repository, listing: Buffer): Promise<string> {
  const hash = createHash('sha256').update(listing);
  // An intention to add is listed as an empty file is.
  if (listing.includes(EMPTY[repo.objectFormat].blob)) {
    const empty = parseIndexListing(listing).filter(({ oid }) => oid === EMPTY[repo.objectFormat].blob);
    const intents = await findIntents(
      repo,
      empty.map(({ path }) => path),
      {},
    );
    hash.update(`intents ${JSON.stringify([...intents])}`);
  }
  return hash.digest('hex');
}

/**
 * The `id` of {@link listIndexWithConflicts} where it takes no reading of records to tell it.
 *
 * @returns null where there may be intentions to add
 */
export async function knownIndexId(repo: Repository): Promise<string | null> {
  const stdout = await readIndexRecords(repo);
  if (stdout.includes(EMPTY[repo.objectFormat].blob)) return null;
  return createHash('sha256').update(stdout).digest('hex');
}

/**
 * Tells intentions to add from staged empty files, which `ls-files -s` shows alike: compared with the empty tree,
 * an intention is not there.
 */
async function findIntents(
  repo: Repository,
  candidates: readonly string[],
  options: Pick<GitOptions, 'env'>,
): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set();
  const { stdout } = await repo.git(
    [
      'diff-index',
      '--cached',
      '--ita-invisible-in-index',
      '--ignore-submodules=none',
      '--no-renames',
      '--name-only',
      '-z',
      EMPTY[repo.objectFormat].tree,
    ],
    options,
  );
  const staged = new Set(splitRecords(stdout).map(decodePath));
  return new Set(candidates.filter((path) => !staged.has(path)));
}

/** Why an index in the middle of a merge can't be judged. */
export function unmergedError(paths: readonly string[], hint: string): CheckError {
  const [first = ''] = paths;
  const listed = paths.map((path) => `  ${displayPath(path)}`).join('\n');
  return new CheckError('index-unmerged', `the index holds unresolved merge conflicts\n${listed}`, {
    place: { path: first },
    hint,
  });
}
