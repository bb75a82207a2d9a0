import { filesPart } from '../cache/digest.ts';
import { CheckError } from '../errors.ts';
import { formatHcl, type HclFormat } from '../format/hcl-format.ts';
import type { PlannedTarget } from '../plan/steps.ts';
import { gatherSources } from '../sources/gather.ts';
import { parityPaths } from '../sources/parity-evidence.ts';
import { toolPart } from '../steps/step-inputs.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { OpenProject } from './open-project.ts';
import { readPresent } from './read-sources.ts';
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
  toolbox: Pick<Toolbox, 'tool' | 'scratch' | 'memory'>,
): Promise<SourceEvidence> {
  const { project, graph } = open;
  const unread = parityPaths(project, graph, targets).filter((path) => !files.has(path));
  const [{ formatted, errors }, more] = await Promise.all([
    formattedSchemas(open, targets, files, toolbox),
    readPresent(open.snapshot, unread),
  ]);
  const evidence = await gatherSources({
    ...{ project, graph, targets, formatted },
    files: new Map([...files, ...more]),
  });
  return { evidence, errors };
}

async function formattedSchemas(
  { project }: Pick<OpenProject, 'project'>,
  targets: readonly PlannedTarget[],
  files: ReadonlyMap<string, Buffer>,
  toolbox: Pick<Toolbox, 'tool' | 'scratch' | 'memory'>,
): Promise<{
  readonly formatted: ReadonlyMap<string, HclFormat>;
  readonly errors: readonly CheckError[];
}> {
  const paths = targets.flatMap((target) => (target.kind === 'database' ? target.target.schemaFiles : []));
  const isOff = project.rules.get('schema/unformatted')?.severity === 'off';
  if (paths.length === 0 || isOff) return { formatted: new Map(), errors: [] };
  try {
    const schemas = new Map(paths.map((path) => [path, files.get(path) ?? Buffer.alloc(0)]));
    return { formatted: await canonicalForms(schemas, toolbox), errors: [] };
  } catch (error) {
    if (error instanceof CheckError) return { formatted: new Map(), errors: [error] };
    throw error;
  }
}

/** HCL files as Atlas formats them; from an earlier run where all of them are the same. */
async function canonicalForms(
  files: ReadonlyMap<string, Buffer>,
  toolbox: Pick<Toolbox, 'tool' | 'scratch' | 'memory'>,
): Promise<ReadonlyMap<string, HclFormat>> {
  const atlas = await toolbox.tool('atlas');
  return toolbox.memory.remembered<ReadonlyMap<string, HclFormat>>({
    step: 'format',
    targets: [],
    inputs: async () => {
      const tool = toolPart(atlas);
      return tool && { tool, files: filesPart(files) };
    },
    make: async () => {
      const scratchDir = await (await toolbox.scratch()).folder('format');
      return formatHcl(files, { atlas: atlas.path, scratchDir });
    },
    keep: (formatted) => {
      const outputs = new Map(
        [...formatted].flatMap(([path, result]) =>
          result.kind === 'formatted' ? [[path, result.bytes]] : [],
        ),
      );
      return outputs.size === files.size ? { outputs, note: null } : null;
    },
    revive: ({ outputs }) =>
      new Map(
        [...outputs].map(([path, bytes]) => [
          path,
          { kind: 'formatted', bytes, changed: files.get(path)?.equals(bytes) !== true },
        ]),
      ),
  });
}
