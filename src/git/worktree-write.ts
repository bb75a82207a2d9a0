import type { Stats } from 'node:fs';
import { mkdir, open, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises';
import type { FileWrite } from './file-write.ts';
import { checkWrites, parentFolders } from './file-write.ts';
import type { Repository } from './repository.ts';
import { removeLeftovers, temporaryName } from './temporary-file.ts';
import type { Target } from './write-target.ts';
import { diskPath, folderOf, hasCode, inspectTargets, writeFailed } from './write-target.ts';

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
  const targets = await inspectTargets(repo, writes);
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
