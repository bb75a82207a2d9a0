import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import type { Observation } from '../rules/finding.ts';
import { isHeeded } from '../rules/findings.ts';
import { inOrderOfRules, observe } from '../rules/observe.ts';
import { gatherSources, type SeenEvidence } from '../sources/gather.ts';
import { mayHaveIgnoreComments } from '../sources/ignore-comments.ts';
import { parityPaths } from '../sources/parity-evidence.ts';
import type { Evidence, RuleFacts } from '../verdict/evidence.ts';
import { type LayoutSource, startLayout } from './known-layout.ts';
import { knownQueries } from './known-queries.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

/** What a rule saw in one source, and what kind of evidence that was. */
export interface SeenInSource {
  readonly kind: SeenEvidence['kind'];
  readonly observation: Observation;
}

export interface SourceEvidence {
  /** What the rules saw in single sources, which nobody holds after that: those of a thousand databases take a lot of room. */
  readonly seen: readonly SeenInSource[];
  /** What they have still to see. */
  readonly evidence: readonly Evidence[];
  /** Why the layout of the schemas could not be judged. */
  readonly errors: readonly CheckError[];
}

/**
 * What is known of the sources of some targets without running a step. What earlier runs read off the same bytes is
 * taken from them.
 *
 * @param files the snapshot's bytes of the targets' sources
 */
export async function sourceEvidence(
  open: OpenProject,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  source: LayoutSource,
  facts: RuleFacts,
): Promise<SourceEvidence> {
  const { project, graph } = open;
  const unread = parityPaths(project, graph, targets).filter((path) => !files.has(path));
  // Atlas is at work while everything else is read.
  const [{ done }, more] = await Promise.all([
    layoutOf(open, targets, files, source),
    readPresent(open.snapshot, unread),
  ]);
  const seen: SeenInSource[] = [];
  const see = (found: SeenEvidence): void => {
    for (const observation of observe([found], facts, project.rules)) {
      const isKept =
        isHeeded(observation, project) || mayHaveIgnoreComments(files.get(observation.location.path));
      if (isKept) seen.push({ kind: found.kind, observation });
    }
  };
  const evidence = await gatherSources({
    ...{ project, graph, targets, formatted: done.then(({ formatted }) => formatted) },
    files: new Map([...files, ...more]),
    readQueries: knownQueries(source.facts, project.dir),
    see,
  });
  return { seen, evidence, errors: (await done).errors };
}

/** All that the rules see in sources, in their order. */
export function seenInSources(
  { seen, evidence }: SourceEvidence,
  facts: RuleFacts,
  { rules }: Pick<Project, 'rules'>,
): readonly Observation[] {
  return inOrderOfRules([...seen.map(({ observation }) => observation), ...observe(evidence, facts, rules)]);
}

/** Whether Atlas is needed for what rules say of these targets' layout. */
export function asksForLayout(project: Pick<Project, 'rules'>, targets: readonly PlannedTarget[]): boolean {
  const isOff = project.rules.get('schema/unformatted')?.severity === 'off';
  return !isOff && targets.some(({ kind }) => kind === 'database');
}

interface LaidOut {
  readonly formatted: ReadonlyMap<string, HclFormat>;
  readonly errors: readonly CheckError[];
}

/** @returns once Atlas, where it is needed, is at work, what its work comes to */
async function layoutOf(
  { project }: Pick<OpenProject, 'project'>,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  source: LayoutSource,
): Promise<{ readonly done: Promise<LaidOut> }> {
  const databases = targets.filter((target) => target.kind === 'database');
  if (!asksForLayout(project, targets))
    return { done: Promise.resolve({ formatted: new Map(), errors: [] }) };
  const schemas = databases.map(({ id, target }) => ({
    id,
    files: new Map(target.schemaFiles.map((path) => [path, files.get(path) ?? Buffer.alloc(0)])),
  }));
  try {
    const { formats } = await startLayout(schemas, project.dir, source);
    const done = formats.then((formatted) => ({ formatted, errors: [] }), refused);
    // Whoever waits for it later is told.
    done.catch(() => undefined);
    return { done };
  } catch (error) {
    return { done: Promise.resolve(refused(error)) };
  }
}

function refused(error: unknown): LaidOut {
  if (error instanceof CheckError) return { formatted: new Map(), errors: [error] };
  throw error;
}
