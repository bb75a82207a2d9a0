import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { encodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { PackageJson } from './package-json.ts';

/** Where hooks belong in this clone. */
export interface HookPlace {
  readonly runner: 'husky' | 'git';
  /** The folder of the hook files, absolute. */
  readonly folder: string;
  /** The same relative to the git root where it is part of the work tree, else null. */
  readonly committedFolder: string | null;
  /** Whether the folder is this repository's alone; `core.hooksPath` may name one that serves others too. */
  readonly ours: boolean;
  /** What keeps git from running hooks there, with the step that mends it; null where nothing does. */
  readonly inactive: string | null;
}

/**
 * Finds out who runs hooks: husky where git is told to use its folder, or where it is about to be (a dependency or a
 * `.husky` folder, and no `core.hooksPath`); else git itself, in the folder that it really uses.
 *
 * @param packages the project's package.json and those above it, the nearest first
 */
export function findHookPlace(
  repo: Repository,
  projectDir: string,
  packages: readonly PackageJson[],
): HookPlace {
  const husky = activeHusky(repo) ?? comingHusky(repo, projectDir, packages);
  if (husky === null) {
    const committedFolder = committed(repo, repo.hooksDir);
    const ours = committedFolder !== null || inside(repo.commonDir, repo.hooksDir) !== null;
    return { runner: 'git', folder: repo.hooksDir, committedFolder, ours, inactive: null };
  }
  return {
    runner: 'husky',
    folder: husky.folder,
    committedFolder: committed(repo, husky.folder),
    ours: true,
    inactive: husky.inactive,
  };
}

interface Husky {
  readonly folder: string;
  readonly inactive: string | null;
}

/** husky points `core.hooksPath` at the folder `_` in its own, which git ignores and its installation fills. */
function activeHusky({ hooksDir, root }: Repository): Husky | null {
  const folder = dirname(hooksDir);
  if (basename(hooksDir) !== '_' || inside(root, folder) === null) return null;
  const isInstalled = exists(join(hooksDir, 'h'));
  if (!isInstalled && basename(folder) !== '.husky') return null;
  return { folder, inactive: isInstalled ? null : 'husky is not installed in this work tree: npm ci' };
}

function comingHusky(repo: Repository, projectDir: string, packages: readonly PackageJson[]): Husky | null {
  if (repo.hooksDir !== join(repo.commonDir, 'hooks')) return null;
  const owner = packages.find((manifest) => manifest.dependsOn('husky'));
  const dirs = [projectDir, ...packages.map(({ dir }) => dir), ''];
  const dir = dirs.find((candidate) => exists(join(repo.root, candidate, '.husky'))) ?? owner?.dir;
  if (dir === undefined) return null;
  const prepare = packages.some(({ scripts }) => String(scripts['prepare'] ?? '').includes('husky'));
  const call = dir === '' ? 'husky' : `cd ${dir.replaceAll(/[^/]+/g, '..')} && husky ${dir}/.husky`;
  const step = prepare
    ? 'npm run prepare'
    : `add "prepare": ${JSON.stringify(call)} to the scripts of ${join(dir, 'package.json')}, then npm run prepare`;
  return {
    folder: join(repo.root, dir, '.husky'),
    inactive: `git does not run husky's hooks in this clone yet: ${step}`,
  };
}

function committed(repo: Repository, folder: string): string | null {
  return inside(repo.gitDir, folder) === null && inside(repo.commonDir, folder) === null
    ? inside(repo.root, folder)
    : null;
}

/** A path relative to a folder, or null if it lies outside. */
export function inside(folder: string, path: string): string | null {
  const below = relative(folder, path);
  return below === '..' || below.startsWith('../') ? null : below;
}

function exists(path: string): boolean {
  return existsSync(encodePath(path));
}
