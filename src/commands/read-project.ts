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
  options: Pick<CommonOptions, 'config' | 'env'>,
): Promise<Project> {
  return loadProject(
    {
      has: (path) => snapshot.entries.has(path),
      hasFolder: (path) => [...snapshot.entries.keys()].some((file) => file.startsWith(`${path}/`)),
      read: async (path) => (await snapshot.read([path])).get(path) ?? Buffer.alloc(0),
      onDisk: (path) => readFromDisk(repo, path),
    },
    { cwdPrefix: repo.cwdPrefix, explicit: options.config, env: options.env },
  );
}

async function readFromDisk(repo: Repository, path: string): Promise<Buffer | null> {
  try {
    return await readFile(Buffer.concat([Buffer.from(`${repo.root}/`), encodePath(path)]));
  } catch {
    return null;
  }
}
