import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type ConfigFiles, loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { readSqlcConfig, type SqlcConfig } from '../config/sqlc-config.ts';
import { findSqlcConfigs } from '../config/sqlc-configs.ts';
import { CheckError } from '../errors.ts';
import { displayPath, encodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { type FoundSqlcConfigs, searchSqlcConfigs } from './found-sqlc-configs.ts';
import { HOOK_KINDS } from './guard-block.ts';
import { findHookPlace } from './hook-place.ts';
import { applyInstall, readHook } from './install-apply.ts';
import { planGuard, readPackages } from './install-guard.ts';
import { type InstallAction, planInstall } from './install-plan.ts';
import { type InitResult, installReport } from './install-report.ts';

export interface InitOptions {
  readonly repo: Repository;
  /** The work tree: what stands in it but is not staged yet counts. */
  readonly snapshot: Snapshot;
  /** `--config`, or null to look for it. */
  readonly config: string | null;
  readonly env: NodeJS.ProcessEnv;
  /** Whether lint-staged is to be set up where it is installed and not configured. */
  readonly lintStaged: boolean;
}

interface Setup {
  readonly project: Project;
  readonly configs: readonly SqlcConfig[];
  /** The configuration file to be written, or null. */
  readonly newConfig: InstallAction | null;
  readonly notes: readonly string[];
}

/**
 * `dbcheck init`: writes the hooks, and a configuration where sqlc is all there is and its configurations stand at
 * other places than the default. Touches no hook of anybody else's; a second run changes nothing.
 *
 * @throws CheckError `no-target` where there is nothing to guard, and whatever a broken configuration throws
 */
export async function runInit(options: InitOptions): Promise<InitResult> {
  const { repo } = options;
  const setup = await readSetup(options);
  const packages = await readPackages(repo, setup.project.dir);
  const place = findHookPlace(repo, setup.project.dir, packages);
  const { guard, entry, unmet } = planGuard({ ...options, ...setup, place, packages });
  const hooks = await Promise.all(
    HOOK_KINDS.map(async (kind) => {
      const path = join(place.folder, kind);
      return { kind, path, existing: await readHook(path) };
    }),
  );
  const others = [setup.newConfig, entry].filter((action) => action !== null);
  const actions = planInstall({ runner: place.runner, ours: place.ours, hooks, guard, others });
  await applyInstall(actions);
  const open = [place.inactive, unmet].filter((step) => step !== null);
  return installReport(repo, actions, setup.notes, open);
}

async function readSetup(options: InitOptions): Promise<Setup> {
  const { snapshot } = options;
  const project = await loadProject(configFiles(options, new Map()), loadOptions(options));
  const configs = await readConfigs(project, snapshot);
  if (project.configFile !== null || configs.length > 0)
    return { project, configs, newConfig: null, notes: [] };
  const found = await searchSqlcConfigs(snapshot, project.dir);
  const notes = found.rejected.map(({ path, reason }) => `left out   ${displayPath(path)}: ${reason}`);
  if (found.configs.length > 0) return { ...(await configured(options, project, found)), notes };
  const folder = project.schemas.literalFolder;
  if ([...snapshot.entries.keys()].some((path) => path.startsWith(`${folder}/`))) {
    return { project, configs, newConfig: null, notes };
  }
  throw new CheckError(
    'no-target',
    `There is nothing to guard: no schema in ${folder} and no sqlc configuration${project.dir === '' ? '' : ` below ${project.dir}`}`,
    {
      hint: 'say in dbcheck.config.yaml where they are (schemas, sqlc.configs), then run dbcheck init again',
    },
  );
}

async function configured(
  options: InitOptions,
  { dir }: Project,
  found: FoundSqlcConfigs,
): Promise<Omit<Setup, 'notes'>> {
  const { stringify } = await import('yaml');
  const path = posix.join(dir, 'dbcheck.config.yaml');
  const paths = found.configs.map((config) => posix.relative(dir, config.path));
  const text = stringify({ sqlc: { configs: paths } });
  const files = configFiles(options, new Map([[path, Buffer.from(text)]]));
  const project = await loadProject(files, loadOptions(options));
  const absolute = join(options.repo.root, path);
  const newConfig = { kind: 'write', path: absolute, text, executable: false, change: 'created' } as const;
  return { project, configs: found.configs, newConfig };
}

function configFiles({ repo, snapshot }: InitOptions, extra: ReadonlyMap<string, Buffer>): ConfigFiles {
  const paths = [...extra.keys(), ...snapshot.entries.keys()];
  return {
    hasFolder: (path) => paths.some((file) => file.startsWith(`${path}/`)),
    has: (path) => extra.has(path) || snapshot.entries.has(path),
    read: async (path) => extra.get(path) ?? (await snapshot.read([path])).get(path) ?? Buffer.alloc(0),
    onDisk: (path) => readFile(encodePath(join(repo.root, path))).catch(() => null),
  };
}

function loadOptions({ repo, config, env }: InitOptions) {
  return { cwdPrefix: repo.cwdPrefix, explicit: config, env };
}

async function readConfigs(project: Project, snapshot: Snapshot): Promise<readonly SqlcConfig[]> {
  const paths = findSqlcConfigs(project, [...snapshot.entries.values()]);
  const files = await snapshot.read(paths);
  return Promise.all([...files].map(([path, bytes]) => readSqlcConfig(path, bytes)));
}
