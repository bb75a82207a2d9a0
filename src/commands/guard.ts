import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { decodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { readGuard } from '../hooks/guard-block.ts';
import { guardObservation, type HookFile } from '../hooks/guard-observation.ts';
import { guardPathspecs } from '../hooks/guard-pathspecs.ts';
import type { Observation } from '../rules/finding.ts';
import { type DiskFact, diskDigest } from './foundations.ts';
import type { OpenProject } from './open-project.ts';

const HOOKS = ['pre-commit', 'pre-merge-commit'] as const;

/**
 * What the hooks' guards have to say: nothing where they fit the configuration. Hooks that are part of the snapshot
 * are read from it, git's own from its hooks folder.
 */
export async function guardObservations(open: OpenProject): Promise<readonly Observation[]> {
  const committed = await committedHooks(open);
  const files = committed.length > 0 ? committed : await installedHooks(open);
  if (files.length === 0) return [];
  const configs = open.graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : []));
  const pathspecs = guardPathspecs(
    open.project,
    configs,
    committed.map(({ path }) => path),
  );
  const observation = guardObservation(files, { projectDir: open.project.dir, pathspecs });
  return observation === null ? [] : [observation];
}

/** Git's own hooks as they are now: what an observation about them rests on. */
export async function installedHookFacts(repo: Pick<Repository, 'hooksDir'>): Promise<readonly DiskFact[]> {
  const paths = HOOKS.map((hook) => join(repo.hooksDir, hook));
  return Promise.all(paths.map(async (path) => ({ path, digest: await diskDigest(path) })));
}

function hasGuard({ dir }: OpenProject['project']): (file: HookFile) => boolean {
  return ({ script }) => readGuard(script, dir) !== null;
}

/** husky's folder stands at the git root, or below it in the project. */
async function committedHooks({ snapshot, project }: OpenProject): Promise<readonly HookFile[]> {
  const folders = new Set(['.husky', project.dir === '' ? '.husky' : `${project.dir}/.husky`]);
  const paths = [...folders]
    .flatMap((folder) => HOOKS.map((hook) => `${folder}/${hook}`))
    .filter((path) => snapshot.entries.get(path)?.mode.startsWith('100') === true);
  const files = await snapshot.read(paths);
  return [...files]
    .map(([path, bytes]) => ({ path, committed: true, script: decodePath(bytes) }))
    .filter(hasGuard(project));
}

async function installedHooks({ repo, project }: OpenProject): Promise<readonly HookFile[]> {
  const found = await Promise.all(
    HOOKS.map(async (hook): Promise<readonly HookFile[]> => {
      const file = join(repo.hooksDir, hook);
      const script = await readFile(file).catch(() => null);
      const path = relative(repo.root, file);
      return script === null
        ? []
        : [{ path: path.startsWith('..') ? file : path, committed: false, script: decodePath(script) }];
    }),
  );
  return found.flat().filter(hasGuard(project));
}
