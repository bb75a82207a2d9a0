import { runIdentity } from '../cache/own-identity.ts';
import { cacheFolder } from '../cache/store.ts';
import { NO_VALUES, type ValueMemory, valueMemory } from '../cache/value-memory.ts';
import type { Project } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import { type ChangedPath, changedPaths, mergeBase } from '../git/changes.ts';
import { readOtherSide } from '../git/merge-side.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import {
  indexSnapshot,
  readCommit,
  readHead,
  readIndexTrees,
  type Snapshot,
  type TreePair,
} from '../git/snapshot.ts';
import { worktreeSnapshot } from '../git/worktree.ts';
import { listWorktree, type WorktreeListing } from '../git/worktree-listing.ts';
import { requireTemplateMatches } from '../plan/named-templates.ts';
import { standsBeside } from '../plan/standing-project.ts';
import { planSteps, type StepGraph } from '../plan/steps.ts';
import { findTargets } from '../plan/targets.ts';
import { collectBeforeGrowing } from '../process/v8-settings.ts';
import type { DiskFact } from './foundations.ts';
import type { IdentifiedRepository } from './identified-repository.ts';
import {
  conflictError,
  NO_CONFLICTS,
  readSides,
  requireMergedConfig,
  type SortedConflicts,
  sortConflicts,
  sourceConflictError,
  withConflictFirst,
} from './merge-conflicts.ts';
import type { CommonOptions } from './options.ts';
import { readConfigs, readHeadConfigs } from './read-configs.ts';
import { readFormerProject, readProject } from './read-project.ts';
import { unlessBroken } from './unless-broken.ts';

/** Which tree is under check. */
export type Source =
  /** `resolves`: the outputs that are in conflict are about to be made anew; `trees`: where they are being read already. */
  | { readonly kind: 'index'; readonly resolves?: boolean; readonly trees?: Promise<TreePair> | null }
  /** `listing`: as it was listed a moment ago. */
  | { readonly kind: 'worktree'; readonly listing?: WorktreeListing | undefined }
  /** `from` narrows the check to what changed since the merge base with it. */
  | { readonly kind: 'commit'; readonly revision: string; readonly from: string | null };

/** A project as a snapshot has it, laid out and not yet run. */
export interface OpenProject {
  readonly repo: Repository;
  readonly snapshot: Snapshot;
  /** What the snapshot is compared with: HEAD, the merge base, or for a whole commit the commit itself. */
  readonly head: Snapshot;
  readonly project: Project;
  /** The project as `head` has it, which is the snapshot's where they are one tree or `head` has another; null where that is broken. */
  readonly headProject: Project | null;
  readonly graph: StepGraph;
  /** The sqlc configurations as `head` has them. */
  readonly headConfigs: readonly SqlcConfig[];
  /** What differs between `head` and the snapshot, and what is in conflict. */
  readonly changes: readonly ChangedPath[];
  /** Without sources: with those in conflict nothing is opened. */
  readonly conflicts: SortedConflicts;
  /** The files of the work tree that the configuration was looked for in. */
  readonly disk: readonly DiskFact[];
  /** What dbcheck itself is, as a part of keys; null where that can't be told, or nothing is to be taken from earlier runs. */
  readonly identity: string | null;
}

/**
 * Opens the repository, takes the snapshot, and lays out its targets and steps. Reads configurations from the
 * snapshot alone.
 *
 * @param known what is not to be found out again
 * @throws CheckError for everything that keeps the tree from being judged; `no-target` where there is nothing to judge
 */
export function openProject(
  options: CommonOptions,
  source: Source,
  known: IdentifiedRepository | null = null,
): Promise<OpenProject> {
  collectBeforeGrowing();
  const identity = known?.identity ?? (options.useCache ? runIdentity(options.env) : null);
  return options.activity.during('read the snapshot and lay out its targets', async () =>
    open(
      known?.repo ?? (await openRepository({ cwd: options.cwd, env: options.env })),
      { ...options, identity },
      source,
    ),
  );
}

/** What a project is opened with. */
type OpenOptions = CommonOptions & Pick<OpenProject, 'identity'>;

async function open(repo: Repository, options: OpenOptions, source: Source): Promise<OpenProject> {
  const taken = await takeSnapshots(repo, source);
  if (taken.conflicts.size === 0) return layOut(repo, taken, options);
  const sides = await readSides(repo, taken.conflicts);
  requireMergedConfig(repo, sides, options);
  const resolves = source.kind === 'index' && source.resolves === true;
  const found = await layOut(repo, taken, options).catch((error: unknown) => {
    throw withConflictFirst(error, taken.conflicts, resolves);
  });
  const other = await readOtherSide(repo);
  const otherConfigs =
    other === null ? [] : await readHeadConfigs(found.project, other, null, memoryOf(repo, options));
  const conflicts = sortConflicts(found, otherConfigs, sides);
  if (!resolves) throw conflictError(conflicts);
  if (conflicts.sources.length > 0) throw sourceConflictError(conflicts);
  return { ...found, changes: withConflicts(found.changes, [...taken.conflicts.keys()]), conflicts };
}

/** A path in conflict has changed, though the side that stands for it here is HEAD's. */
function withConflicts(
  changes: readonly ChangedPath[],
  conflicts: readonly string[],
): readonly ChangedPath[] {
  const listed = new Set(changes.map(({ path }) => path));
  const more = conflicts.filter((path) => !listed.has(path));
  return [...changes, ...more.map((path): ChangedPath => ({ path, kind: 'modified' }))];
}

async function layOut(
  repo: Repository,
  { snapshot, head, conflicts }: TreePair,
  options: OpenOptions,
): Promise<OpenProject> {
  const memory = memoryOf(repo, options);
  const reading = { config: options.config, env: options.env, blobs: new Map<string, Buffer>() };
  const { project, disk } = await readProject(repo, snapshot, reading, conflicts);
  const former =
    head.id === snapshot.id ? project : await unlessBroken(readFormerProject(repo, head, reading), null);
  const headProject = former !== null && standsBeside(former, project, snapshot.entries) ? project : former;
  const configs = await readConfigs(project, snapshot, memory);
  const headConfigs = await readHeadConfigs(headProject ?? project, head, { snapshot, configs }, memory);
  requireTemplateMatches(project, [snapshot.entries, head.entries]);
  const targets = findTargets(project, snapshot.entries, head.entries);
  const graph = planSteps(project, targets, configs, snapshot.entries);
  if (graph.targets.length === 0 && headConfigs.length === 0) throw noTarget(project);
  return {
    repo,
    snapshot,
    head,
    project,
    headProject,
    graph,
    headConfigs,
    changes: changedPaths(head, snapshot),
    conflicts: NO_CONFLICTS,
    disk,
    identity: options.identity,
  };
}

/** Whether the values of variables, which may be secret and are written down nowhere, say something of the project. */
export function readsVariables({ project, headProject }: OpenProject): boolean {
  return project.readsVariables || headProject?.readsVariables === true;
}

function memoryOf(repo: Repository, { identity }: OpenOptions): ValueMemory {
  return identity === null ? NO_VALUES : valueMemory(cacheFolder(repo.commonDir), identity);
}

async function takeSnapshots(repo: Repository, source: Source): Promise<TreePair> {
  if (source.kind === 'commit') {
    const conflicts = new Map();
    const snapshot = await readCommit(repo, source.revision);
    if (source.from === null) return { snapshot, head: snapshot, conflicts };
    const base = await mergeBase(repo, source.from, source.revision);
    return { snapshot, head: await readCommit(repo, base), conflicts };
  }
  if (source.kind === 'worktree') return takeWorktree(repo, source.listing ?? (await listWorktree(repo)));
  return source.trees ?? readIndexTrees(repo);
}

async function takeWorktree(repo: Repository, { index, disk }: WorktreeListing): Promise<TreePair> {
  const { conflicts } = index;
  const [head, snapshot] = await Promise.all([
    readHead(repo, disk.head),
    conflicts.size > 0 ? indexSnapshot(repo, index) : worktreeSnapshot(repo, index, disk),
  ]);
  return { snapshot, head, conflicts };
}

function noTarget(project: Project): CheckError {
  const where = project.configFile ?? (project.dir === '' ? 'the git root' : project.dir);
  return new CheckError(
    'no-target',
    `There is nothing to check: no schema matches ${project.schemas.source}, and no sqlc configuration matches ${project.sqlcConfigs.join(', ')} (below ${where})`,
    { hint: 'dbcheck init writes a configuration that names what it finds' },
  );
}
