import { posix } from 'node:path';
import type { Project } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { type GuardOptions, quoted } from './guard-block.ts';
import { guardPathspecs } from './guard-pathspecs.ts';
import type { HookPlace } from './hook-place.ts';
import type { InstallAction } from './install-plan.ts';
import { lintStagedConfig, lintStagedEntry } from './lint-staged-entry.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';

interface GuardFacts {
  readonly repo: Repository;
  readonly snapshot: Snapshot;
  /** `--config`, or null. */
  readonly config: string | null;
  /** Whether lint-staged is asked for. */
  readonly lintStaged: boolean;
  readonly project: Project;
  readonly configs: readonly SqlcConfig[];
  readonly place: HookPlace;
  /** As `readPackages` gives them. */
  readonly packages: readonly PackageJson[];
}

/** The project's package.json, those above it, and those above where the caller stands: npm may have installed there. */
export async function readPackages(
  { root, cwdPrefix }: Repository,
  projectDir: string,
): Promise<readonly PackageJson[]> {
  const dirs = [...new Set([...folderAndAbove(projectDir), ...folderAndAbove(cwdPrefix.replace(/\/$/, ''))])];
  const found = await Promise.all(dirs.map((dir) => readPackageJson(root, dir)));
  return found.filter((manifest) => manifest !== null);
}

function folderAndAbove(dir: string): readonly string[] {
  const segments = dir === '' ? [] : dir.split('/');
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/')).concat('');
}

/**
 * The guard for the project, and what has to be done so that lint-staged formats staged schemas; `unmet`: what has to be there
 * first, where that was asked for.
 */
export function planGuard({
  repo,
  snapshot,
  config,
  lintStaged,
  project,
  configs,
  place,
  packages,
}: GuardFacts): { guard: GuardOptions; entry: InstallAction | null; unmet: string | null } {
  const dirs = [...folderAndAbove(project.dir), ...packages.map(({ dir }) => dir)];
  const bins = [...new Set(dirs)].map((dir) => posix.join(dir, 'node_modules/.bin/dbcheck'));
  const own = packages.flatMap(({ ownProgram }) => (ownProgram === null ? [] : [ownProgram]));
  const hookFiles = place.committedFolder === null ? [] : [posix.join(place.committedFolder, 'pre-commit')];
  const linter = packages.find((manifest) => manifest.dependsOn('lint-staged'));
  const linterConfig = linter === undefined ? null : lintStagedConfig(repo.root, linter);
  const folder = project.schemas.literalFolder;
  const hasSchemas = [...snapshot.entries.keys()].some(
    (path) => path.startsWith(`${folder}/`) && path.endsWith('.hcl'),
  );
  const lints =
    place.runner === 'husky' && linter !== undefined && hasSchemas && (linterConfig !== null || lintStaged);
  const explicit =
    config === null || project.configFile === null ? null : posix.relative(project.dir, project.configFile);
  return {
    guard: {
      projectDir: project.dir,
      pathspecs: guardPathspecs(project, configs, hookFiles),
      programs: [...own, ...bins],
      command: explicit === null ? 'staged' : `staged --config ${quoted(explicit)}`,
      lintStaged: lints ? posix.join(linter.dir, 'node_modules/.bin/lint-staged') : null,
    },
    unmet: lintStaged && !lints ? missingFor(place.runner, linter !== undefined, folder) : null,
    entry: lints ? lintStagedEntry(repo.root, linter, linterConfig, folder) : null,
  };
}

/** What `--lint-staged` lacks; a repository without a schema has nothing that it could format. */
function missingFor(runner: HookPlace['runner'], hasLinter: boolean, folder: string): string {
  const again = 'then dbcheck init --lint-staged';
  if (runner !== 'husky') return `lint-staged is run by husky alone: npx husky init, ${again}`;
  if (!hasLinter) return `lint-staged is not in package.json: npm install --save-dev lint-staged, ${again}`;
  return `lint-staged would have nothing to format: add a schema (*.hcl) to ${folder}, ${again}`;
}
