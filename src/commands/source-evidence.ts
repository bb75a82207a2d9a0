import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { gatherSources } from '../sources/gather.ts';
import { parityPaths } from '../sources/parity-evidence.ts';
import type { Evidence, SchemaEvidence } from '../verdict/evidence.ts';
import { type LayoutSource, startLayout } from './known-layout.ts';
import { knownQueries } from './known-queries.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';

export interface SourceEvidence {
  readonly evidence: readonly Evidence[];
  /** Why the layout of the schemas could not be judged. */
  readonly errors: readonly CheckError[];
}

/**
 * What is known of the sources of some targets without running a step. What earlier runs read off the same bytes is
 * taken from them.
 *
 * @param files the snapshot's bytes of the targets' sources
 * @param seeSchema takes each database as it is read, in place of the result
 */
export async function sourceEvidence(
  open: OpenProject,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  source: LayoutSource,
  seeSchema?: (found: SchemaEvidence) => void,
): Promise<SourceEvidence> {
  const { project, graph } = open;
  const unread = parityPaths(project, graph, targets).filter((path) => !files.has(path));
  // Atlas is at work while everything else is read.
  const [{ done }, more] = await Promise.all([
    layoutOf(open, targets, files, source),
    readPresent(open.snapshot, unread),
  ]);
  const evidence = await gatherSources({
    ...{ project, graph, targets, formatted: done.then(({ formatted }) => formatted) },
    files: new Map([...files, ...more]),
    readQueries: knownQueries(source.facts, project.dir),
    seeSchema,
  });
  return { evidence, errors: (await done).errors };
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
