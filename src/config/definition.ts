import { z } from 'zod';
import type { Rule } from '../rules/rule.ts';
import { RULE_IDS, RULES } from '../rules/rules.ts';
import { checkedText, filledText } from './checked-text.ts';
import { pathProblem } from './config-path.ts';
import { CONFIG_DEFAULTS } from './defaults.ts';
import { DIALECTS } from './dialect-names.ts';
import { globProblem } from './glob.ts';
import { type DefinitionContext, machineShape } from './machine-definition.ts';
import { templateProblem } from './path-template.ts';
import { sqlcSchemaNames } from './sqlc-schema-names.ts';

/** A configuration as it is written: nothing filled in, no path resolved, no variable expanded. */
export type Config = z.infer<ReturnType<typeof configDefinition>>;

const severity = z.enum(['off', 'warning', 'error']);
const ruleId = z.enum(RULE_IDS);

/** The names, types and checks of a configuration. The same definition makes the JSON Schema. */
export function configDefinition(context: DefinitionContext) {
  const { projectDir } = context;
  const target = checkedText((value) => templateProblem(value, projectDir, ['dialect', 'database']));
  const glob = checkedText((value) => globProblem(value, projectDir));
  const path = checkedText((value) => pathProblem(value, projectDir));

  return z.strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors'),
    schemas: target
      .optional()
      .describe(
        `The HCL files (or folders of them) that are the source of truth. Default: ${CONFIG_DEFAULTS.schemas}`,
      ),
    migrations: z
      .strictObject({
        dir: target.optional().describe(`Default: ${CONFIG_DEFAULTS.migrationsDir}`),
        mode: checkedText(modeProblem)
          .meta({ enum: ['single'] })
          .optional()
          .describe('One baseline that is the whole schema'),
        format: filledText
          .optional()
          .describe("Atlas's template for --format. Default: as the committed baseline has it"),
        qualified: z
          .boolean()
          .optional()
          .describe('Whether names carry their schema. Default: as the committed baseline has it'),
        baseline: checkedText(baselineProblem)
          .optional()
          .describe(`The name of a baseline that is not there yet. Default: ${CONFIG_DEFAULTS.baseline}`),
      })
      .optional(),
    sqlcSchemas: z
      .union([target, z.record(z.string(), z.string()).check(namesProblem(projectDir))])
      .optional()
      .describe(
        `A template, or a map of databases to file names whose order counts. Default: ${CONFIG_DEFAULTS.sqlcSchemas}`,
      ),
    sqlc: z
      .strictObject({
        configs: z
          .array(checkedText((value) => configPatternProblem(value, projectDir)))
          .optional()
          .describe(
            `Paths or globs of sqlc configurations. Default: ${CONFIG_DEFAULTS.sqlcConfigs.join(', ')}`,
          ),
      })
      .optional(),
    derive: deriveDefinition()
      .optional()
      .describe('Dialects whose sqlc schemas are converted from another one. Default: sqlite from postgres'),
    ...machineShape(context),
    steps: z
      .strictObject({
        extract: z
          .union([
            z.enum(['builtin', 'off']),
            z.strictObject({
              command: filledText,
              inputs: z
                .array(glob)
                .describe(
                  'What the command reads besides the migrations; needed with `command`, if only as []',
                ),
              links: z
                .array(path)
                .optional()
                .describe('Folders that are linked into the scratch copy, such as node_modules'),
            }),
          ])
          .optional()
          .describe('How sqlc schemas are made from migrations. Default: builtin'),
      })
      .optional(),
    format: z
      .strictObject({
        queries: z
          .union([
            z.boolean(),
            z.strictObject({
              indent: z
                .int()
                .min(1)
                .max(8)
                .optional()
                .describe(`In spaces, 1 to 8. Default: ${CONFIG_DEFAULTS.queryLayout.indent}`),
              width: z
                .int()
                .min(20)
                .max(200)
                .optional()
                .describe(
                  `How long what stands in parentheses may be on one line, 20 to 200. Default: ${CONFIG_DEFAULTS.queryLayout.width}`,
                ),
              operators: z
                .enum(['before', 'after'])
                .optional()
                .describe('Whether AND and OR start a line or end it. Default: before'),
            }),
          ])
          .optional()
          .describe('Whether `dbcheck fmt` lays out query files, and how. Default: false'),
      })
      .optional(),
    staged: z
      .strictObject({ unavailable: z.enum(['error', 'warn']).optional() })
      .optional()
      .describe('What a commit meets where no dev database can be had. Default: error'),
    cache: z
      .strictObject({
        shared: filledText
          .optional()
          .describe(
            'A folder outside of the tree that several clones read, absolute or relative to the project. Default: none',
          ),
      })
      .optional()
      .describe('What earlier runs made: docs/cache.md'),
    verify: z
      .array(filledText)
      .optional()
      .describe('Commands that run after generation, in the scratch tree'),
    rules: z
      .strictObject(Object.fromEntries(RULE_IDS.map((rule) => [rule, ruleDefinition(RULES[rule])])))
      .optional()
      .describe('The severity of a rule, or a list of it and the options'),
    ignore: z
      .array(
        z.strictObject({
          rule: ruleId,
          path: glob,
          name: filledText
            .optional()
            .describe('Only findings about this object: a table, `table.column`, or a query'),
          reason: filledText,
        }),
      )
      .optional()
      .describe('Findings that are known and accepted, each with its reason'),
  });
}

function ruleDefinition({ options }: Rule) {
  return z.union([severity, z.tuple([severity, options ?? z.strictObject({})])]).optional();
}

function deriveDefinition() {
  const dialect = z.enum(DIALECTS).optional();
  return z.strictObject({ postgres: dialect, mysql: dialect, sqlite: dialect }).check((context) => {
    const from: Readonly<Record<string, string | undefined>> = context.value;
    for (const name of DIALECTS) {
      const source = from[name];
      if (source !== undefined && (source === name || from[source] !== undefined)) {
        const message =
          source === name
            ? 'is the dialect itself'
            : `is \`${source}\`, which is derived from another dialect itself`;
        context.issues.push({ code: 'custom', message, input: source, path: [name] });
      }
    }
  });
}

function namesProblem(projectDir: string): z.core.CheckFn<Record<string, string>> {
  return (context) => {
    const read = sqlcSchemaNames(new Map(Object.entries(context.value)));
    const problem =
      read.kind === 'invalid'
        ? read.problem
        : templateProblem(read.template, projectDir, ['dialect', 'database']);
    if (problem !== null) {
      context.issues.push({ code: 'custom', message: problem, input: context.value });
    }
  };
}

/** A pattern is a glob that may hold `{dialect}`. */
function configPatternProblem(value: string, projectDir: string): string | null {
  return globProblem(value.replaceAll('{dialect}', 'dialect'), projectDir);
}

function modeProblem(value: string): string | null {
  if (value === 'single') {
    return null;
  }
  return value === 'versioned'
    ? 'is `versioned`, which is not supported yet; `single` keeps the whole schema in one baseline'
    : `must be \`single\`, but is \`${value}\``;
}

/** Atlas reads the digits before the first underscore as the version. */
function baselineProblem(value: string): string | null {
  return /^\d+(_[^/\\*?[\]{}\p{Cc}]+)?\.sql$/u.test(value)
    ? null
    : `must be a file name such as \`${CONFIG_DEFAULTS.baseline}\`: digits, an underscore, a name and \`.sql\``;
}
