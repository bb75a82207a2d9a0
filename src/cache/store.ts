import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeEntry, encodeEntry } from './entry.ts';

/** What is remembered: what a step made of its inputs, the verdict on a whole index, what mends that index, or what files say. */
export type EntryKind = 'step' | 'verdict' | 'mends' | 'facts' | 'value';

/** How much a store may hold; the entries that were not used for longest go first. */
export interface StoreLimits {
  readonly bytes: number;
  readonly entries: number;
}

export interface StoreUsage {
  readonly steps: number;
  readonly verdicts: number;
  /** What mends an index, and what files say. */
  readonly others: number;
  /** Of all files, unfinished ones included. */
  readonly bytes: number;
}

/** What the store of a repository may hold. */
export const STORE_LIMITS: StoreLimits = { bytes: 256 * 1024 * 1024, entries: 4096 };
const UNFINISHED = '.new-';
const HOUR = 60 * 60 * 1000;

/** The store of a repository and of all its linked work trees. */
export function cacheFolder(commonDir: string): string {
  return join(commonDir, 'dbcheck');
}

/**
 * Reads an entry; whatever is not whole, or not this key's, is not there. Needs no lock: a file of a store is never
 * changed, only replaced.
 */
export async function readEntry(folder: string, kind: EntryKind, key: string): Promise<Buffer | null> {
  const file = entryFile(folder, kind, key);
  const bytes = await readFile(file).catch(() => null);
  const content = bytes === null ? null : decodeEntry(key, bytes);
  if (content !== null) await markUsed(file);
  return content;
}

/**
 * Writes an entry. Others see none of it or all of it, whatever ends this process meanwhile.
 *
 * @throws the file system's error where the folder can't be written
 */
export async function writeEntry(
  folder: string,
  kind: EntryKind,
  key: string,
  content: Buffer,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${UNFINISHED}${randomUUID()}`);
  try {
    await writeFile(draft, encodeEntry(key, content));
    await rename(draft, entryFile(folder, kind, key));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Removes what killed runs left unfinished, and the entries that were not used for longest until the store is within its
 * limits. Never throws: what another process removes at the same time is gone as well.
 */
export async function sweepStore(folder: string, limits: StoreLimits = STORE_LIMITS): Promise<void> {
  const files = await filesOf(folder);
  const [unfinished, entries] = [files.filter(isUnfinished), files.filter((file) => !isUnfinished(file))];
  const old = unfinished.filter(({ usedAt }) => Date.now() - usedAt > HOUR);
  let bytes = entries.reduce((sum, { size }) => sum + size, 0);
  let count = entries.length;
  const idle: StoredFile[] = [];
  for (const entry of entries.toSorted((left, right) => left.usedAt - right.usedAt)) {
    if (bytes <= limits.bytes && count <= limits.entries) break;
    bytes -= entry.size;
    count -= 1;
    idle.push(entry);
  }
  await Promise.all(
    [...old, ...idle].map(({ name }) => rm(join(folder, name), { force: true }).catch(() => undefined)),
  );
}

/** The same where there are too many entries, which is told without looking at each of them; their sizes are not asked for. */
export async function sweepCrowdedStore(folder: string, limits: StoreLimits = STORE_LIMITS): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > limits.entries) await sweepStore(folder, limits);
}

/** How much a store holds; one that is not there holds nothing. */
export async function storeUsage(folder: string): Promise<StoreUsage> {
  const files = await filesOf(folder);
  const count = (kind: EntryKind) => files.filter(({ name }) => name.startsWith(`${kind}-`)).length;
  return {
    steps: count('step'),
    verdicts: count('verdict'),
    others: count('mends') + count('facts') + count('value'),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

/** @throws the file system's error where it can't be removed */
export async function clearStore(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

interface StoredFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

async function filesOf(folder: string): Promise<readonly StoredFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names.map(async (name): Promise<readonly StoredFile[]> => {
      const found = await stat(join(folder, name)).catch(() => null);
      return found?.isFile() ? [{ name, size: found.size, usedAt: found.mtimeMs }] : [];
    }),
  );
  return files.flat();
}

function isUnfinished({ name }: StoredFile): boolean {
  return name.startsWith(UNFINISHED);
}

/** The time of a file says when it was last of use; to the hour is exact enough. */
async function markUsed(file: string): Promise<void> {
  try {
    const now = new Date();
    if (now.getTime() - (await stat(file)).mtimeMs > HOUR) await utimes(file, now, now);
  } catch {
    // Somebody else's store, which is only read.
  }
}

function entryFile(folder: string, kind: EntryKind, key: string): string {
  return join(folder, `${kind}-${key}`);
}
