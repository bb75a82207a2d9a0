import type { Project, ToolName } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import type { Place } from '../errors.ts';

/** A program that the configuration has dbcheck run, beside the tools that a go.mod pins. */
export interface ConfiguredCommand {
  readonly command: string;
  /** What it is run as: a key of the configuration, or `plugin` of an sqlc configuration. */
  readonly key: string;
  readonly place: Place | null;
  /** The commands of dbcheck that run it. */
  readonly runBy: readonly ('staged' | 'check' | 'fix' | 'lint' | 'fmt' | 'tools')[];
}

const TOOLS: readonly ToolName[] = ['atlas', 'sqlc'];

/** Every program that a project names itself, in the order in which they would run. */
export function configuredCommands(
  project: Project,
  configs: readonly SqlcConfig[],
): readonly ConfiguredCommand[] {
  const judging = ['staged', 'check', 'fix'] as const;
  const tools = TOOLS.flatMap((name): readonly ConfiguredCommand[] => {
    const source = project.tools[name];
    if (source.kind !== 'command') return [];
    const key = `tools.${name}.command`;
    const runBy = [...judging, ...(name === 'atlas' ? (['lint', 'fmt'] as const) : []), 'tools' as const];
    return [{ command: source.command, key, place: project.place(key) ?? null, runBy }];
  });
  const { extract } = project.steps;
  const key = 'steps.extract.command';
  const extracting: readonly ConfiguredCommand[] =
    extract.kind === 'command'
      ? [{ command: extract.command, key, place: project.place(key) ?? null, runBy: judging }]
      : [];
  const plugins = configs.flatMap(({ pluginCommands }) =>
    pluginCommands.map((plugin): ConfiguredCommand => ({ ...plugin, key: 'plugin', runBy: judging })),
  );
  const verifying = project.verify.map(
    (command, index): ConfiguredCommand => ({
      ...{ command, key: `verify[${index}]`, place: project.place(`verify.${index}`) ?? null },
      runBy: ['check', 'fix'],
    }),
  );
  return [...tools, ...extracting, ...plugins, ...verifying];
}
