import { z } from 'zod';
import { checkedText } from './checked-text.ts';
import { pathProblem } from './config-path.ts';
import { CONFIG_DEFAULTS } from './defaults.ts';
import { nearestName } from './nearest-name.ts';
import { expandVariables } from './variables.ts';

/** What a value is judged by that isn't in the file. */
export interface DefinitionContext {
  /** Relative to the git root, '' for the root. */
  readonly projectDir: string;
  /** Null where variables are not looked at, as for the JSON Schema. */
  readonly env: NodeJS.ProcessEnv | null;
}

/** What `dbcheck.local.yaml` may say. */
export type LocalConfig = z.infer<ReturnType<typeof localDefinition>>;

/** What differs from one machine to the next, and so may stand in `dbcheck.local.yaml` too. */
export function localDefinition(context: DefinitionContext) {
  return z.strictObject(machineShape(context));
}

/** The keys that both the configuration and the local one have. */
export function machineShape({ projectDir, env }: DefinitionContext) {
  const expanded = (problemOf: (value: string) => string | null) =>
    checkedText((value) => {
      const result = expandVariables(value, env);
      return result.kind === 'invalid' ? result.problem : problemOf(result.value);
    });
  const tool = z
    .strictObject({
      module: expanded((value) => pathProblem(value, projectDir))
        .optional()
        .describe('A go.mod whose `tool` line has it'),
      command: expanded(emptyProblem).optional().describe('A program, by path or by name'),
      version: expanded(emptyProblem).optional().describe('The version that the command has to have'),
    })
    .check((context) => {
      const problem = toolProblem(context.value);
      if (problem !== null) {
        context.issues.push({ code: 'custom', message: problem, input: context.value });
      }
    });
  return {
    devDatabase: z
      .strictObject({
        postgres: expanded(postgresProblem).describe('`embedded`, `system`, or a URL for Atlas').optional(),
        mysql: expanded(mysqlProblem).describe('`system`, or a URL for Atlas').optional(),
      })
      .optional()
      .describe('Default: postgres embedded, mysql system'),
    tools: z
      .strictObject({ atlas: tool.optional(), sqlc: tool.optional() })
      .optional()
      .describe(`Default: ${Object.values(CONFIG_DEFAULTS.modules).join(' and ')}, else from PATH`),
  };
}

function toolProblem(tool: {
  readonly module?: unknown;
  readonly command?: unknown;
  readonly version?: unknown;
}): string | null {
  const sources = [tool.module, tool.command].filter((value) => value !== undefined);
  if (sources.length !== 1) {
    return 'must have either `module` or `command`';
  }
  return tool.module !== undefined && tool.version !== undefined
    ? 'has a `version` beside `module`, but the go.mod itself pins the version'
    : null;
}

function postgresProblem(value: string): string | null {
  return devDatabaseProblem(value, ['embedded', 'system'], 'docker://postgres/15/dev');
}

function mysqlProblem(value: string): string | null {
  return value === 'embedded'
    ? 'is `embedded`, and no package has a MySQL server; it must be `system` or a URL such as `docker://mysql/8/dev`'
    : devDatabaseProblem(value, ['system'], 'docker://mysql/8/dev');
}

/** The value may hold a password, so that nothing of a URL is repeated. */
function devDatabaseProblem(value: string, names: readonly string[], url: string): string | null {
  if (names.includes(value) || /^[a-z][a-z0-9+.-]*:\/\/./i.test(value)) return null;
  const near = nearestName(value, names);
  const known = names.map((name) => `\`${name}\``).join(', ');
  return `must be ${known} or a URL such as \`${url}\`${near === undefined ? '' : `: did you mean \`${near}\`?`}`;
}

function emptyProblem(value: string): string | null {
  return value.trim() === '' ? 'is empty' : null;
}
