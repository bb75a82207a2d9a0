import { CheckError } from '../errors.ts';
import { formatHcl, type HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { gatherSources } from '../sources/gather.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { OpenProject } from './open-project.ts';
import { parityEvidence } from './parity-evidence.ts';
import type { Toolbox } from './toolbox.ts';

export interface SourceEvidence {
  readonly evidence: readonly Evidence[];
  /** Why the layout of the schemas could not be judged. */
  readonly errors: readonly CheckError[];
}

/**
 * What is known of the sources of some targets without running a step.
 *
 * @param files the snapshot's bytes of the targets' sources
 */
export async function sourceEvidence(
  open: OpenProject,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  toolbox: Pick<Toolbox, 'tool' | 'scratch'>,
): Promise<SourceEvidence> {
  const { formatted, errors } = await formattedSchemas(open, targets, files, toolbox);
  const [sources, parity] = await Promise.all([
    gatherSources({ project: open.project, graph: open.graph, targets, files, formatted }),
    parityEvidence(open, targets),
  ]);
  return { evidence: [...sources, ...parity], errors };
}

async function formattedSchemas(
  { project }: Pick<OpenProject, 'project'>,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  toolbox: Pick<Toolbox, 'tool' | 'scratch'>,
): Promise<{
  readonly formatted: ReadonlyMap<string, HclFormat>;
  readonly errors: readonly CheckError[];
}> {
  const paths = targets.flatMap((target) => (target.kind === 'database' ? target.target.schemaFiles : []));
  const isOff = project.rules.get('schema/unformatted')?.severity === 'off';
  if (paths.length === 0 || isOff) return { formatted: new Map(), errors: [] };
  try {
    const [atlas, scratch] = await Promise.all([toolbox.tool('atlas'), toolbox.scratch()]);
    const formatter = { atlas: atlas.path, scratchDir: await scratch.folder('format') };
    const schemas = new Map(paths.map((path) => [path, files.get(path) ?? Buffer.alloc(0)]));
    return { formatted: await formatHcl(schemas, formatter), errors: [] };
  } catch (error) {
    if (error instanceof CheckError) return { formatted: new Map(), errors: [error] };
    throw error;
  }
}
