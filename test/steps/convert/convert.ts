import {
  type Converted,
  type ConvertOptions,
  convertSchema,
} from '../../../src/steps/convert/convert-schema.ts';

const PATH = 'schemas/postgres/shop.sql';
const OVERRIDES = 'schemas/sqlite/overrides/shop';

/** Converts a schema, with overrides by object. */
export function convert(
  sql: string,
  overrides: Readonly<Record<string, string>> = {},
  options: Partial<ConvertOptions> = {},
): Promise<Converted> {
  const files = Object.entries(overrides).map(([name, text]) => {
    return [name, { path: `${OVERRIDES}/${name}.sql`, bytes: Buffer.from(text) }] as const;
  });
  return convertSchema(sql, {
    ...{ path: PATH, overrides: new Map(files), overridesDir: OVERRIDES, wideNumeric: 'text' },
    ...options,
  });
}

/** The SQLite schema; fails with the problems where there is none. */
export async function converted(...args: Parameters<typeof convert>): Promise<string> {
  const result = await convert(...args);
  if (result.kind === 'made') return result.sql;
  throw new Error(
    `refused:\n${result.problems.map(({ line, message }) => `${line}: ${message}`).join('\n')}`,
  );
}

/** The problems as `line:column message`, without the way out. */
export async function refusals(...args: Parameters<typeof convert>): Promise<readonly string[]> {
  const result = await convert(...args);
  if (result.kind === 'made') throw new Error(`made:\n${result.sql}`);
  return result.problems.map(({ line, column, message }) => `${line}:${column} ${message.split(';')[0]}`);
}
