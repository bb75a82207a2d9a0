import { z } from 'zod';

const position = z.int().min(1).nullable().describe('Counted from 1; null where only the file is meant');

const location = z.strictObject({
  path: z
    .string()
    .describe(
      'Relative to the git root; a byte that is not UTF-8 is the lone surrogate U+DC80 + (byte - 0x80)',
    ),
  line: position,
  column: position,
});

const diagnostic = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe('The same for the same rule, target and place in every run'),
  rule: z.string().regex(/^[a-z]+\/[a-z]+(-[a-z]+)*$/),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  target: z
    .string()
    .describe('A dialect and a database, such as postgres/keygen, or the path of an sqlc configuration'),
  location,
  because: z
    .string()
    .describe(
      'The cause in words; where folded is true, the id of the diagnostic that this one follows from',
    ),
  folded: z.boolean(),
  diff: z
    .string()
    .nullable()
    .describe('Unified hunks without a file header, or a line of words where hunks show nothing'),
  fix: z.string().nullable().describe('The command or action that mends it'),
});

/** The one definition of what `--format json` prints: the types and the published JSON Schema are made from it. */
export const reportDefinition = z.strictObject({
  version: z.literal(1),
  outcome: z.enum(['clean', 'findings', 'error']).describe('Exit codes 0, 1 and 2'),
  snapshot: z
    .strictObject({
      kind: z.enum(['index', 'commit', 'worktree']),
      id: z.string().describe('The commit, or a hash of the listing of the index or the work tree'),
      label: z.string(),
    })
    .nullable(),
  checked: z.array(
    z.strictObject({
      target: z.string(),
      steps: z.array(z.string()),
      outputs: z.int().min(0),
      through: z
        .string()
        .nullable()
        .describe(
          "What stood in for the dialect's own server, such as MariaDB 10.11.6; null where nothing did",
        ),
    }),
  ),
  switchedOff: z
    .array(z.string())
    .describe('What the configuration leaves out of the verdict: rules, steps, ignored places'),
  notChecked: z.array(z.strictObject({ target: z.string(), reason: z.string() })),
  diagnostics: z.array(diagnostic),
  errors: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      location: location.nullable(),
      hint: z.string().nullable(),
    }),
  ),
});

export type ReportDocument = z.infer<typeof reportDefinition>;

/** The JSON Schema of `--format json`, as text to be written to `schema/dbcheck.report.schema.json`. */
export function reportJsonSchema(): string {
  const schema = z.toJSONSchema(reportDefinition, { target: 'draft-2020-12' });
  return `${JSON.stringify({ title: 'dbcheck report', ...schema }, null, 2)}\n`;
}
