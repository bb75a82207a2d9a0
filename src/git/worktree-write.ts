import type { Stats } from 'node:fs';
import { lstat, mkdir, open, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { CheckError } from '../errors.ts';
import type { FileWrite } from './file-write.ts';
import { checkWrites, conflict, parentFolders, symlinkedOutput } from './file-write.ts';
import { displayPath, encodePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';
import { removeLeftovers, temporaryName } from './temporary-file.ts';

/** A write whose place was looked at. */
interface Target {
  readonly write: FileWrite;
  readonly current: Stats | undefined;
}

/**
 * Writes and deletes files in the work tree. Whatever ends the process, each file is wholly old or wholly new. All
 * places are looked at before the first write. Writes come before deletions, and `atlas.sum` last of all, so that a
 * migration folder never looks complete before it is; then folders that became empty go. A file that already has
 * its bytes and mode is not touched. What a killed run left in these folders is removed.
 *
 * @throws CheckError `symlinked-output` if a link stands at a path or above it; `path-conflict` if a folder stands where
 * a file must be, or the other way round; `submodule` if the place belongs to another repository; `invalid-path`
 * outside of the root or in git's folder; `write-failed` with the system's reason
 */
export async function writeFiles(repo: Repository, writes: readonly FileWrite[]): Promise<void> {
  checkWrites(writes);
  const folders = await inspectFolders(repo, writes);
  const targets: Target[] = [];
  for (const write of writes) {
    targets.push({ write, current: await inspectFile(repo, write, folders) });
  }
  for (const folder of new Set(writes.map((write) => folderOf(write.path)))) {
    await removeLeftovers(diskPath(repo, folder));
  }
  for (const phase of [0, 1, 2, 3]) {
    const now = targets.filter((target) => phaseOf(target.write) === phase);
    for (const target of now) await apply(repo, target);
    for (const folder of new Set(now.map(({ write }) => folderOf(write.path)))) {
      await syncFolder(diskPath(repo, folder));
    }
  }
  for (const { write } of targets) {
    if (write.kind === 'delete') await removeEmptyFolders(repo, write.path);
  }
}

function phaseOf(write: FileWrite): number {
  const isSum = write.path === 'atlas.sum' || write.path.endsWith('/atlas.sum');
  return (isSum ? 2 : 0) + (write.kind === 'delete' ? 1 : 0);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function diskPath(repo: Repository, path: string): Buffer {
  return path === ''
    ? Buffer.from(repo.root)
    : Buffer.concat([Buffer.from(`${repo.root}/`), encodePath(path)]);
}

/** Looks at every folder above a write once; undefined where there is none yet. */
async function inspectFolders(
  repo: Repository,
  writes: readonly FileWrite[],
): Promise<Map<string, Stats | undefined>> {
  const folders = new Map<string, Stats | undefined>();
  for (const { path } of writes) {
    const gitFolder = [repo.gitDir, repo.commonDir].find((dir) =>
      `${repo.root}/${path}`.startsWith(`${dir}/`),
    );
    if (gitFolder !== undefined) {
      throw new CheckError('invalid-path', `${displayPath(path)} lies in git's own folder`, {
        place: { path },
      });
    }
    for (const folder of parentFolders(path)) {
      if (!folders.has(folder)) folders.set(folder, await inspectFolder(repo, folder, path));
    }
  }
  return folders;
}

async function inspectFolder(repo: Repository, folder: string, path: string): Promise<Stats | undefined> {
  const stats = await statOrNothing(repo, folder);
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) throw symlinkedOutput(path, folder);
  if (!stats.isDirectory())
    throw conflict(folder, `is a file, and ${displayPath(path)} needs it to be a folder`);
  if ((await statOrNothing(repo, `${folder}/.git`)) !== undefined) {
    throw new CheckError(
      'submodule',
      `${displayPath(path)} lies in another repository, ${displayPath(folder)}`,
      {
        place: { path: folder },
        hint: 'run dbcheck in that repository itself',
      },
    );
  }
  return stats;
}

async function inspectFile(
  repo: Repository,
  write: FileWrite,
  folders: ReadonlyMap<string, Stats | undefined>,
): Promise<Stats | undefined> {
  const { path } = write;
  const folder = folderOf(path);
  if (folder !== '' && folders.get(folder) === undefined) return undefined;
  const stats = await statOrNothing(repo, path);
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) throw symlinkedOutput(path, path);
  if (!stats.isFile()) throw conflict(path, 'is no regular file, and dbcheck needs to write one there');
  return stats;
}

async function statOrNothing(repo: Repository, path: string): Promise<Stats | undefined> {
  try {
    return await lstat(diskPath(repo, path));
  } catch (error) {
    // ENOTDIR: what should be a folder is a file, which the look at that folder reports.
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw writeFailed(path, error);
  }
}

async function apply(repo: Repository, { write, current }: Target): Promise<void> {
  try {
    if (write.kind === 'delete') {
      await unlink(diskPath(repo, write.path)).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
      });
    } else if (!(await isWritten(repo, write, current))) {
      await replaceFile(repo, write, current);
    }
  } catch (error) {
    throw writeFailed(write.path, error);
  }
}

async function isWritten(
  repo: Repository,
  write: FileWrite & { kind: 'write' },
  current: Stats | undefined,
): Promise<boolean> {
  if (current === undefined || current.size !== write.bytes.length) return false;
  if (wantedMode(current, write) !== permissions(current)) return false;
  return write.bytes.equals(await readFile(diskPath(repo, write.path)));
}

async function replaceFile(
  repo: Repository,
  write: FileWrite & { kind: 'write' },
  current: Stats | undefined,
): Promise<void> {
  const folder = diskPath(repo, folderOf(write.path));
  await mkdir(folder, { recursive: true });
  const temporary = Buffer.concat([folder, Buffer.from(`/${await temporaryName()}`)]);
  try {
    // For a new file the umask decides, as it does for git's own checkout.
    const file = await open(temporary, 'wx', write.mode === '100755' ? 0o777 : 0o666);
    try {
      await file.writeFile(write.bytes);
      if (current !== undefined) await file.chmod(wantedMode(current, write));
      // Else a power failure could leave the new name with none of the new bytes.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, diskPath(repo, write.path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function permissions(stats: Stats): number {
  return stats.mode & 0o7777;
}

function wantedMode(current: Stats, write: FileWrite & { kind: 'write' }): number {
  const mode = permissions(current);
  if (write.mode === '100644') return mode & ~0o111;
  // Whoever may read it may run it.
  if (write.mode === '100755') return mode | ((mode & 0o444) >> 2);
  return mode;
}

async function syncFolder(folder: Buffer): Promise<void> {
  // Not every file system can do it, and the folder may be gone; the files themselves are safe without it.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function removeEmptyFolders(repo: Repository, path: string): Promise<void> {
  for (const folder of parentFolders(path).reverse()) {
    try {
      await rmdir(diskPath(repo, folder));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) continue;
      // ENOTEMPTY, or EEXIST on some systems: something else still lives here.
      return;
    }
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

function writeFailed(path: string, error: unknown): CheckError {
  if (error instanceof CheckError) return error;
  const reason = error instanceof Error ? error.message.split(',')[0] : String(error);
  return new CheckError('write-failed', `${displayPath(path)} can't be written: ${reason}`, {
    place: { path },
    hint: 'make the file and its folder writable, then run the same command again',
    cause: error,
  });
}
