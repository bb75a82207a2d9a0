import { lstat, readFile } from 'node:fs/promises';
import { loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import { noFile } from '../git/no-file.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { diskPath } from '../git/write-target.ts';
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

type ConfigOptions = Pick<CommonOptions, 'config' | 'env'>;

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
      read: async (path) => (await snapshot.read([path])).get(path) ?? Buffer.alloc(0),
      onDisk,
    },
    { cwdPrefix: repo.cwdPrefix, explicit: options.config, env: options.env },
  );
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
    if (error instanceof CheckError) throw error;
    return null;
  }
}
