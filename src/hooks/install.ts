import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type ConfigFiles, loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { readSqlcConfig, type SqlcConfig } from '../config/sqlc-config.ts';
import { findSqlcConfigs } from '../config/sqlc-configs.ts';
import { displayPath, encodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { searchSchemas } from './found-schemas.ts';
import { type FoundSqlcConfigs, searchSqlcConfigs } from './found-sqlc-configs.ts';
import { HOOK_KINDS } from './guard-block.ts';
import { findHookPlace, inside } from './hook-place.ts';
import { applyInstall, readHook } from './install-apply.ts';
import { planGuard, readPackages } from './install-guard.ts';
import { type InstallAction, planInstall } from './install-plan.ts';
import { type InitResult, installReport } from './install-report.ts';
import { coverStep, leftOutNotes, nothingToGuard } from './left-out-schemas.ts';
import { managedHook } from './managed-hook.ts';
import { isIn, type ProjectsBelow, projectsBelow } from './projects-below.ts';

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
  /** What a person has to do before all that is there is guarded. */
  readonly open: readonly string[];
}

/**
 * `dbcheck init`: writes the hooks, and a configuration where sqlc's own stand at other places than the default. Names
 * the schemas that are at other places. Touches no hook of anybody else's; a second run changes nothing.
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
      const existing = await readHook(path);
      const name = inside(repo.root, path) ?? path;
      const isOurs = place.runner === 'git' && place.ours;
      const managed = isOurs ? await managedHook(repo.root, name, existing, guard) : null;
      return { kind, path, existing, managed };
    }),
  );
  const others = [setup.newConfig, entry].filter((action) => action !== null);
  const actions = planInstall({ runner: place.runner, ours: place.ours, hooks, guard, others });
  await applyInstall(actions);
  const open = [...setup.open, place.inactive, unmet].filter((step) => step !== null);
  return installReport(repo, actions, setup.notes, open);
}

async function readSetup(options: InitOptions): Promise<Setup> {
  const { repo, snapshot } = options;
  const project = await loadProject(configFiles(options, new Map()), loadOptions(options));
  const [configs, schemas, below] = await Promise.all([
    readConfigs(project, snapshot),
    searchSchemas(snapshot, project),
    projectsBelow(snapshot, project.dir),
  ]);
  const isBare = project.configFile === null && configs.length === 0;
  const first = isBare ? await findFirstConfigs(options, project, below) : null;
  const setup =
    first !== null && first.configs.length > 0
      ? await configured(options, first)
      : { project, configs, newConfig: null };
  // A configuration takes in what is of the default layout below it; without one that stays a project of its own.
  const apart =
    setup.project.configFile === null ? [...below.configured, ...below.laidOut] : below.configured;
  const elsewhere = schemas.elsewhere
    .filter((path) => setup.project.dir === '' || isIn([setup.project.dir])(path))
    .filter((path) => !isIn(apart)(path));
  const folder = project.schemas.literalFolder;
  if (isBare && setup.newConfig === null && ![...snapshot.entries.keys()].some(isIn([folder]))) {
    throw nothingToGuard(project, { elsewhere, below: [...new Set(apart)], cwd: repo.cwdPrefix });
  }
  const rejected = first?.rejected.map(({ path, reason }) => `left out   ${displayPath(path)}: ${reason}`);
  // With a configuration that was there before, leaving them out is somebody's decision.
  const isAsked = setup.newConfig !== null || (project.configFile === null && !schemas.covered);
  return {
    ...setup,
    notes: [...(rejected ?? []), ...leftOutNotes(setup.project, elsewhere)],
    open:
      isAsked && elsewhere.length > 0
        ? [
            `nothing guards the schemas that were left out: ${coverStep(setup.project, elsewhere, setup.configs.length > 0)}`,
          ]
        : [],
  };
}

/** The sqlc configurations that a first configuration is to name, and the folder that it belongs in. */
interface FirstConfigs extends FoundSqlcConfigs {
  readonly dir: string;
}

/**
 * Searches where dbcheck is installed first, and then the whole project. Projects below have theirs: those with a
 * configuration in any case, those of the default layout where there is nothing besides them.
 */
async function findFirstConfigs(
  { repo, snapshot }: InitOptions,
  { dir }: Project,
  below: ProjectsBelow,
): Promise<FirstConfigs> {
  const packages = await readPackages(repo, dir);
  const installed = packages
    .filter((manifest) => manifest.dependsOn('dbcheck'))
    .map((manifest) => manifest.dir);
  const folders = [...installed.filter((folder) => dir === '' || isIn([dir])(folder)), dir];
  let last: FirstConfigs = { dir, configs: [], rejected: [] };
  for (const folder of folders) {
    const found = await searchSqlcConfigs(snapshot, folder);
    const own = found.configs.filter(({ path }) => !isIn(below.configured)(path));
    const configs = own.every(({ path }) => isIn(below.laidOut)(path)) ? [] : own;
    last = { dir: folder, configs, rejected: found.rejected };
    if (configs.length > 0) break;
  }
  return last;
}

async function configured(
  options: InitOptions,
  { dir, configs }: FirstConfigs,
): Promise<Pick<Setup, 'project' | 'configs' | 'newConfig'>> {
  const { stringify } = await import('yaml');
  const path = posix.join(dir, 'dbcheck.config.yaml');
  const paths = configs.map((config) => posix.relative(dir, config.path));
  const text = stringify({ sqlc: { configs: paths } });
  const files = configFiles(options, new Map([[path, Buffer.from(text)]]));
  const project = await loadProject(files, loadOptions(options));
  const absolute = join(options.repo.root, path);
  const newConfig = { kind: 'write', path: absolute, text, executable: false, change: 'created' } as const;
  return { project, configs, newConfig };
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
