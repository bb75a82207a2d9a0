import { rmSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { currentOwner, formatOwner, ownerStates, parseOwner } from './owner.ts';
import { removeFolder } from './remove-folder.ts';
import { tempFolder, tempFolderFailure } from './temp-folder.ts';

/** A private folder for one run, outside of the repository. */
export interface Scratch {
  /** Absolute, mode 0700. */
  readonly dir: string;
  /**
   * The folder of that name in the scratch folder, made where it is not there yet; `name` may have several
   * segments (`postgres/keygen`).
   *
   * @throws CheckError `scratch-name` if the name would lead out of the scratch folder, `scratch-removed` once
   * `remove` was called
   */
  folder(name: string): Promise<string>;
  /** Removes it with all that is in it, after the folders that are being made; calling it again does nothing. */
  remove(): Promise<void>;
}

const PREFIX = 'dbcheck-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A folder of another machine or container that is older than this can't belong to a run any more. */
const FOREIGN_DAYS = 7;

/**
 * Makes a scratch folder in the temp folder. It goes with `remove()`, with the end of the process (also by SIGINT,
 * SIGTERM or SIGHUP where nobody else handles these), or, after a SIGKILL, with the next run's `sweepScratch()`.
 *
 * @throws CheckError `temp-folder` where the temp folder is not there
 */
export async function createScratch(): Promise<Scratch> {
  const dir = await mkdtemp(join(tempFolder(), `${await ownedName()}-`)).catch((error: unknown) => {
    throw tempFolderFailure(error);
  });
  const removeNow = () => rmSync(dir, { recursive: true, force: true });
  process.on('exit', removeNow);
  for (const signal of SIGNALS) process.on(signal, exitOnSignal);
  let removed: Promise<void> | undefined;
  // Where one of several things begun together fails, nobody waits for the others, which would make the folder anew.
  const making = new Set<Promise<unknown>>();
  const removeAll = async (): Promise<void> => {
    await Promise.allSettled(making);
    await removeFolder(dir);
    process.off('exit', removeNow);
    for (const signal of SIGNALS) process.off(signal, exitOnSignal);
  };
  return {
    dir,
    async folder(name) {
      const segments = name.split('/');
      if (name.includes('\0') || segments.some((segment) => ['', '.', '..'].includes(segment))) {
        throw new CheckError('scratch-name', `"${name}" can't be the name of a scratch folder`);
      }
      if (removed !== undefined) {
        throw new CheckError('scratch-removed', `the run is over, and its scratch folder "${name}" with it`);
      }
      const path = join(dir, ...segments);
      const made = mkdir(path, { recursive: true, mode: 0o700 });
      making.add(made);
      try {
        await made;
      } finally {
        making.delete(made);
      }
      return path;
    },
    remove() {
      removed ??= removeAll();
      return removed;
    },
  };
}

/** A name, to be made unique, of a temporary folder that `sweepScratch` knows as this process's own. */
export async function ownedName(): Promise<string> {
  return `${PREFIX}${formatOwner(await currentOwner())}`;
}

/** Where this program leaves temporary folders. */
export function scratchRoots(): string[] {
  return [...new Set([tmpdir(), '/tmp', ...(process.platform === 'linux' ? ['/dev/shm'] : [])])];
}

/**
 * Removes the temporary folders of runs that were killed, and never one whose owner may still live. What can't be
 * removed (it belongs to another user) is left.
 *
 * @returns the folders that were removed
 */
export async function sweepScratch(roots: readonly string[] = scratchRoots()): Promise<string[]> {
  const found = await Promise.all(roots.map(ownedFolders));
  const folders = found.flat();
  const states = await ownerStates(folders.map((folder) => folder.owner));
  const removed: string[] = [];
  for (const [index, { path }] of folders.entries()) {
    const dead = states[index] === 'gone' || (states[index] === 'foreign' && (await isOld(path)));
    if (dead && (await removeOwned(path))) removed.push(path);
  }
  return removed;
}

async function ownedFolders(root: string) {
  const names = await readdir(root).catch((): string[] => []);
  return names.flatMap((name) => {
    const owner = parseOwner(name, PREFIX);
    return owner === undefined ? [] : [{ path: join(root, name), owner }];
  });
}

async function isOld(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > FOREIGN_DAYS * 24 * 60 * 60 * 1000;
}

async function removeOwned(path: string): Promise<boolean> {
  try {
    const stats = await lstat(path);
    const uid = process.getuid?.();
    // In a temp folder anybody can make a link with such a name; as root it would be followed.
    if (!stats.isDirectory() || (uid !== 0 && stats.uid !== uid)) return false;
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch {
    return false;
  }
}

/** Ends the process so that its `exit` listeners run; whoever handles the signal as well is left to decide alone. */
function exitOnSignal(signal: NodeJS.Signals): void {
  const others = process.listeners(signal).filter((listener) => listener !== exitOnSignal);
  if (others.length === 0) process.exit(128 + constants.signals[signal]);
}
