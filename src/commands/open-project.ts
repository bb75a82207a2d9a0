import type { Project } from '../config/project.ts';
import { readSqlcConfig, type SqlcConfig } from '../config/sqlc-config.ts';
import { findSqlcConfigs } from '../config/sqlc-configs.ts';
import { CheckError } from '../errors.ts';
import { type ChangedPath, changedPaths, mergeBase } from '../git/changes.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { readCommit, readHead, readIndex, readWorktree, type Snapshot } from '../git/snapshot.ts';
import { requireTemplateMatches } from '../plan/named-templates.ts';
import { planSteps, type StepGraph } from '../plan/steps.ts';
import { findTargets } from '../plan/targets.ts';
import type { CommonOptions } from './options.ts';
import { readProject } from './read-project.ts';

/** Which tree is under check. */
export type Source =
  | { readonly kind: 'index' }
  | { readonly kind: 'worktree' }
  /** `from` narrows the check to what changed since the merge base with it. */
  | { readonly kind: 'commit'; readonly revision: string; readonly from: string | null };

/** A project as a snapshot has it, laid out and not yet run. */
export interface OpenProject {
  readonly repo: Repository;
  readonly snapshot: Snapshot;
  /** What the snapshot is compared with: HEAD, the merge base, or for a whole commit the commit itself. */
  readonly head: Snapshot;
  readonly project: Project;
  readonly graph: StepGraph;
  /** The sqlc configurations as `head` has them. */
  readonly headConfigs: readonly SqlcConfig[];
  readonly changes: readonly ChangedPath[];
}

/**
 * Opens the repository, takes the snapshot, and lays out its targets and steps. Reads configurations from the
 * snapshot alone.
 *
 * @throws CheckError for everything that keeps the tree from being judged; `no-target` where there is nothing to judge
 */
export async function openProject(options: CommonOptions, source: Source): Promise<OpenProject> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const { snapshot, head } = await takeSnapshots(repo, source);
  const project = await readProject(repo, snapshot, options);
  const [configs, headConfigs] = await Promise.all([
    readConfigs(project, snapshot),
    // HEAD may be broken in ways that the snapshot mends; then it says nothing about old outputs.
    readConfigs(project, head).catch((error: unknown) => {
      if (error instanceof CheckError) return [];
      throw error;
    }),
  ]);
  const paths = [...snapshot.entries.keys()];
  const headPaths = [...head.entries.keys()];
  requireTemplateMatches(project, [...paths, ...headPaths]);
  const graph = planSteps(project, findTargets(project, paths, headPaths), configs, paths);
  if (graph.targets.length === 0 && headConfigs.length === 0) throw noTarget(project);
  return { repo, snapshot, head, project, graph, headConfigs, changes: changedPaths(head, snapshot) };
}

async function takeSnapshots(
  repo: Repository,
  source: Source,
): Promise<{ snapshot: Snapshot; head: Snapshot }> {
  switch (source.kind) {
    case 'index': {
      const [snapshot, head] = await Promise.all([readIndex(repo), readHead(repo)]);
      return { snapshot, head };
    }
    case 'worktree': {
      const [snapshot, head] = await Promise.all([readWorktree(repo), readHead(repo)]);
      return { snapshot, head };
    }
    case 'commit': {
      const snapshot = await readCommit(repo, source.revision);
      if (source.from === null) return { snapshot, head: snapshot };
      const base = await mergeBase(repo, source.from, source.revision);
      return { snapshot, head: await readCommit(repo, base) };
    }
  }
}

async function readConfigs(project: Project, snapshot: Snapshot): Promise<readonly SqlcConfig[]> {
  const paths = findSqlcConfigs(project, [...snapshot.entries.values()]);
  const bytes = await snapshot.read(paths);
  return Promise.all(paths.map((path) => readSqlcConfig(path, bytes.get(path) ?? Buffer.alloc(0))));
}

function noTarget(project: Project): CheckError {
  const where = project.configFile ?? (project.dir === '' ? 'the git root' : project.dir);
  return new CheckError(
    'no-target',
    `There is nothing to check: no schema matches ${project.schemas.source}, and no sqlc configuration matches ${project.sqlcConfigs.join(', ')} (below ${where})`,
    { hint: 'dbcheck init writes a configuration that names what it finds' },
  );
}
