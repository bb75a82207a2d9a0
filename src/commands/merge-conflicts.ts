import { mayConfigure } from '../config/find-config.ts';
import type { Project } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import { readBlobs } from '../git/blobs.ts';
import { type Conflict, unmergedError } from '../git/index-listing.ts';
import type { Repository } from '../git/repository.ts';
import { conflictKind, writesTo } from '../plan/conflicts.ts';
import type { StepGraph } from '../plan/steps.ts';
import { isMarked } from '../verdict/sqlc-header.ts';
import type { CommonOptions } from './options.ts';

/** What a merge left in conflict, by whose it is; ordered by path. */
export interface SortedConflicts {
  /** Sources, configurations and pins, which people resolve before anything can be made of them. */
  readonly sources: readonly string[];
  /** What steps make of the merged sources. */
  readonly outputs: readonly string[];
  /** What no step has to do with. */
  readonly others: readonly string[];
  /** Those outputs whose sqlc configuration only the other side still has, by its path. */
  readonly abandoned: ReadonlyMap<string, readonly string[]>;
}

export const NO_CONFLICTS: SortedConflicts = { sources: [], outputs: [], others: [], abandoned: new Map() };

/** The bytes of every side of what is in conflict; those of links and submodules are of no use here. */
export async function readSides(
  repo: Repository,
  conflicts: ReadonlyMap<string, Conflict>,
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const files = await Promise.all(
    (['base', 'ours', 'theirs'] as const).map((side) => {
      const entries = [...conflicts.values()].flatMap((conflict) => conflict[side] ?? []);
      return readBlobs(
        repo,
        entries.filter(({ mode }) => mode.startsWith('100')),
      );
    }),
  );
  return new Map(
    [...conflicts.keys()].map((path) => [path, files.flatMap((side) => side.get(path) ?? [])] as const),
  );
}

/**
 * Makes sure that the configuration itself is merged, since nothing else can be told without it.
 *
 * @throws CheckError `index-unmerged`
 */
export function requireMergedConfig(
  { cwdPrefix }: Repository,
  sides: ReadonlyMap<string, readonly Buffer[]>,
  { config }: Pick<CommonOptions, 'config'>,
): void {
  const isAbove = (path: string) =>
    `${cwdPrefix}/`.startsWith(path.slice(0, path.lastIndexOf('/') + 1)) || config !== null;
  const unmerged = [...sides].flatMap(([path, contents]) =>
    isAbove(path) && mayConfigure(path, contents) ? [path] : [],
  );
  if (unmerged.length > 0) throw unmergedError(unmerged, RESOLVE_SOURCES);
}

/** Sorts what is in conflict by the targets of the merged sources, and by the sqlc configurations of all sides. */
export function sortConflicts(
  laidOut: {
    readonly project: Project;
    readonly graph: StepGraph;
    readonly headProject: Project | null;
    readonly headConfigs: readonly SqlcConfig[];
  },
  otherConfigs: readonly SqlcConfig[],
  sides: ReadonlyMap<string, readonly Buffer[]>,
): SortedConflicts {
  const { project, graph, headProject, headConfigs } = laidOut;
  const closure = { project, graph, headConfigs, headConfigFile: headProject?.configFile ?? null };
  const present = graph.targets.flatMap((target) => (target.kind === 'sqlc' ? [target.config] : []));
  const known = [...present, ...headConfigs];
  const gone = otherConfigs.filter(({ path }) => known.every((config) => config.path !== path));
  const marked = (path: string) => sides.get(path)?.some(isMarked) === true;
  const kinds = [...sides.keys()].map(
    (path) => [path, conflictKind(closure, [...known, ...gone], path, marked(path))] as const,
  );
  const ofKind = (wanted: string) => kinds.flatMap(([path, kind]) => (kind === wanted ? [path] : []));
  const outputs = ofKind('output');
  const left = outputs.filter((path) => !known.some((config) => writesTo(config, path, marked(path))));
  const abandoned = gone.map(
    (config) => [config.path, left.filter((path) => writesTo(config, path, marked(path)))] as const,
  );
  return { sources: ofKind('source'), outputs, others: ofKind('other'), abandoned: new Map(abandoned) };
}

const RESOLVE_SOURCES =
  'resolve them and stage the result: git add -- PATHS; what is generated follows: dbcheck fix --stage';
const RESOLVE = 'resolve them and stage the result: git add -- PATHS';
const REGENERATE = 'all of them are generated: make them anew from the merged sources: dbcheck fix --stage';
const REGENERATE_SOME =
  'the generated ones follow from the merged sources: dbcheck fix --stage; resolve and stage the others: git add -- PATHS';

/** Why an index with these conflicts can't be judged, with the command that leads on. */
export function conflictError(conflicts: SortedConflicts): CheckError {
  const { sources, outputs, others } = conflicts;
  const all = [...sources, ...outputs, ...others];
  if (sources.length > 0) return unmergedError(all, outputs.length > 0 ? RESOLVE_SOURCES : RESOLVE);
  if (outputs.length === 0) return unmergedError(all, RESOLVE);
  return unmergedError(all, others.length > 0 ? REGENERATE_SOME : REGENERATE);
}

/** Why outputs can't be made anew yet: their sources are in conflict as well. */
export function sourceConflictError({ sources }: SortedConflicts): CheckError {
  return unmergedError(sources, RESOLVE_SOURCES);
}

/**
 * What to say where the targets of an index with conflicts can't be laid out: the conflicts come first, unless they are
 * about to be resolved and the cause lies elsewhere.
 */
export function withConflictFirst(
  error: unknown,
  conflicts: ReadonlyMap<string, Conflict>,
  resolves: boolean,
): unknown {
  if (!(error instanceof CheckError)) return error;
  if (!resolves) return unmergedError([...conflicts.keys()], RESOLVE_SOURCES);
  const path = error.place?.path;
  return path !== undefined && conflicts.has(path) ? unmergedError([path], RESOLVE_SOURCES) : error;
}
