import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { CheckError } from '../errors.ts';
import type { FileWrite } from './file-write.ts';
import { conflict, parentFolders, symlinkedOutput } from './file-write.ts';
import { displayPath, encodePath } from './path-bytes.ts';
import type { Repository } from './repository.ts';

/** A write whose place was looked at. */
export interface Target {
  readonly write: FileWrite;
  readonly current: Stats | undefined;
}

/**
 * Looks at the places of all writes, which must be regular files, or nothing, in real folders of this work tree.
 *
 * @throws CheckError `symlinked-output`, `path-conflict`, `submodule`, `invalid-path`
 */
export async function inspectTargets(repo: Repository, writes: readonly FileWrite[]): Promise<Target[]> {
  const folders = await inspectFolders(repo, writes);
  const targets: Target[] = [];
  for (const write of writes) {
    targets.push({ write, current: await inspectFile(repo, write, folders) });
  }
  return targets;
}

/** The folder that a path lies in, or ''. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The absolute path on disk, byte for byte. */
export function diskPath(repo: Repository, path: string): Buffer {
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

/** Whether the system refused for one of these reasons. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

/** Why a file could not be written, in the system's words. */
export function writeFailed(path: string, error: unknown): CheckError {
  if (error instanceof CheckError) return error;
  const reason = error instanceof Error ? error.message.split(',')[0] : String(error);
  return new CheckError('write-failed', `${displayPath(path)} can't be written: ${reason}`, {
    place: { path },
    hint: 'make the file and its folder writable, then run the same command again',
    cause: error,
  });
}
