import { readFile } from 'node:fs/promises';
import { loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { encodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { CommonOptions } from './options.ts';

/**
 * The project's configuration as the snapshot has it; from the disk comes `dbcheck.local.yaml` alone.
 *
 * @throws CheckError for a configuration that is broken, or is on disk and not in the snapshot
 */
export async function readProject(
  repo: Repository,
  snapshot: Snapshot,
  options: ConfigOptions,
): Promise<Project> {
  return projectOf(repo, snapshot, options, (path) => readFromDisk(repo, path));
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
  try {
    return await readFile(Buffer.concat([Buffer.from(`${repo.root}/`), encodePath(path)]));
  } catch {
    return null;
  }
}
