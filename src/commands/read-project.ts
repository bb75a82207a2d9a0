import { lstat, readFile } from 'node:fs/promises';
import { bytesDigest } from '../cache/digest.ts';
import { loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import { noFile } from '../git/no-file.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { diskPath, hasCode } from '../git/write-target.ts';
import type { DiskFact } from './foundations.ts';
import type { CommonOptions } from './options.ts';

/**
 * The project's configuration as the snapshot has it; from the disk comes `dbcheck.local.yaml` alone.
 *
 * @param conflicts paths whose file on disk is a merge's rendering of a conflict, and says nothing
 * @returns with the project, the files of the disk that were looked at
 * @throws CheckError for a configuration that is broken, or is on disk and not in the snapshot
 */
export async function readProject(
  repo: Repository,
  snapshot: Snapshot,
  options: ConfigOptions,
  conflicts: { has(path: string): boolean } = NONE,
): Promise<{ readonly project: Project; readonly disk: readonly DiskFact[] }> {
  const disk: DiskFact[] = [];
  const project = await projectOf(repo, snapshot, options, async (path) => {
    if (conflicts.has(path)) return null;
    const bytes = await readFromDisk(repo, path);
    disk.push({ path: `${repo.root}/${path}`, digest: bytes === null ? null : bytesDigest(bytes) });
    return bytes;
  });
  return { project, disk };
}

/**
 * The project's configuration as an earlier tree had it, whatever is on the disk now.
 *
 * @throws CheckError for a configuration that is broken
 */
export async function readFormerProject(
  repo: Repository,
  head: Snapshot,
  options: ConfigOptions,
): Promise<Project> {
  return projectOf(repo, head, options, async () => null);
}

const NONE: ReadonlySet<string> = new Set();

type ConfigOptions = Pick<CommonOptions, 'config' | 'env'> & {
  /** Bytes by object name, of files that two trees mostly have alike; what is read is added. */
  readonly blobs?: Map<string, Buffer>;
};

async function projectOf(
  repo: Repository,
  snapshot: Snapshot,
  options: ConfigOptions,
  onDisk: (path: string) => Promise<Buffer | null>,
): Promise<Project> {
  return loadProject(
    {
      has: (path) => snapshot.entries.has(path),
      hasFolder: (path) => [...snapshot.entries.keys()].some((file) => file.startsWith(`${path}/`)),
      read: (path) => readOnce(snapshot, path, options.blobs ?? new Map()),
      onDisk,
    },
    { cwdPrefix: repo.cwdPrefix, explicit: options.config, env: options.env },
  );
}

async function readOnce(snapshot: Snapshot, path: string, blobs: Map<string, Buffer>): Promise<Buffer> {
  const entry = snapshot.entries.get(path);
  const known = entry?.mode.startsWith('100') === true ? blobs.get(entry.oid) : undefined;
  const bytes = known ?? (await snapshot.read([path])).get(path) ?? Buffer.alloc(0);
  if (entry !== undefined && snapshot.kind !== 'worktree') blobs.set(entry.oid, bytes);
  return bytes;
}

async function readFromDisk(repo: Repository, path: string): Promise<Buffer | null> {
  const place = diskPath(repo, path);
  try {
    const stats = await lstat(place);
    const problem = stats.isSymbolicLink() ? noFile(path, '120000') : null;
    if (problem !== null) throw problem;
    // Reading a pipe would never end.
    return stats.isFile() ? await readFile(place) : null;
  } catch (error) {
    // What may be there, and can't be read, is not passed over.
    if (error instanceof CheckError || hasCode(error, 'EACCES', 'EPERM')) throw error;
    return null;
  }
}
