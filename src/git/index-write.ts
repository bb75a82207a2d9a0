import type { Stats } from 'node:fs';
import { constants, copyFile, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CheckError } from '../errors.ts';
import type { Repository } from './repository.ts';
import { leftoversIn, temporaryName } from './temporary-file.ts';
import { hasCode, writeFailed } from './write-target.ts';

/** The index as it was when it was read, to tell later whether it still is. */
export type IndexState = Pick<Stats, 'ino' | 'size' | 'mtimeMs' | 'mode'> | null;

/** What the index file is now; null where there is none yet. */
export async function indexState(repo: Repository): Promise<IndexState> {
  return stat(repo.indexFile).catch(() => null);
}

/**
 * Puts a whole index in the place of the repository's, under git's own lock. The lock is a second name of a file that
 * tells by its first whose it is: a process that is killed while it holds the lock leaves one that
 * {@link removeLeftLock} knows and git's own would not be.
 *
 * @param before the index that the bytes were made from
 * @throws CheckError `index-locked` where another process holds the lock, `index-changed` where one has changed the
 * index since; `write-failed`
 */
export async function replaceIndex(repo: Repository, bytes: Buffer, before: IndexState): Promise<void> {
  const file = await realpath(repo.indexFile).catch(() => repo.indexFile);
  const lock = `${file}.lock`;
  const written = join(dirname(file), await temporaryName());
  try {
    await writeWhole(written, bytes, before);
    await takeLock(repo, written, lock);
    try {
      if (!isSame(await indexState(repo), before)) throw indexChanged();
      await rename(lock, file);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    }
  } catch (error) {
    throw writeFailed(relative(repo.root, file), error);
  } finally {
    await rm(written, { force: true });
  }
}

async function writeWhole(path: string, bytes: Buffer, before: IndexState): Promise<void> {
  const file = await open(path, 'wx', 0o666);
  try {
    await file.writeFile(bytes);
    if (before !== null) await file.chmod(before.mode & 0o7777);
    // Else a power failure could leave the index with none of its bytes.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what killed runs left beside the index, and the lock on it where it is one of theirs. */
export async function removeLeftLock(repo: Repository): Promise<void> {
  const file = await realpath(repo.indexFile).catch(() => repo.indexFile);
  const lock = await stat(`${file}.lock`).catch(() => null);
  for (const path of await leftoversIn(Buffer.from(dirname(file)))) {
    const left = await stat(path).catch(() => null);
    const isLock = left !== null && lock !== null && left.ino === lock.ino && left.dev === lock.dev;
    if (isLock) await rm(`${file}.lock`, { force: true });
    await rm(path, { force: true });
  }
}

async function takeLock(repo: Repository, written: string, lock: string): Promise<void> {
  try {
    await link(written, lock);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw indexLocked(repo);
    // Not every file system has second names; nobody could tell then whose a lock is that is left.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    await copyFile(written, lock, constants.COPYFILE_EXCL).catch((failure: unknown) => {
      throw hasCode(failure, 'EEXIST') ? indexLocked(repo) : failure;
    });
  }
}

function isSame(now: IndexState, before: IndexState): boolean {
  if (now === null || before === null) return now === before;
  return now.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs;
}

/** Why the index can't be written. */
export function indexLocked(repo: Repository): CheckError {
  const lock = `${basename(repo.indexFile)}.lock`;
  return new CheckError('index-locked', `another git command holds the index (${repo.indexFile}.lock)`, {
    hint: `wait until it ends; if none runs, remove ${lock} and try again`,
  });
}

/** Why what was made is not to be put into the index. */
export function indexChanged(): CheckError {
  return new CheckError('index-changed', 'The index changed while dbcheck was about to write it', {
    hint: 'run the same command again',
  });
}
