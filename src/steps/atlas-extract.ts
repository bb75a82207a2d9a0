import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Dialect } from '../dialects/dialect.ts';
import { CheckError, type Place } from '../errors.ts';
import { runBriefly } from '../process/run-briefly.ts';
import type { Tool } from '../process/tool.ts';
import { atlasSum } from './atlas-sum.ts';
import type { BaselineStyle } from './baseline-style.ts';
import { formatError, isFormatError } from './format-errors.ts';
import type { ServerWords } from './server-words.ts';
import type { Workspace } from './step-result.ts';
import { inFixedOrder } from './table-order.ts';

export interface ExtractInput {
  /** The regenerated migrations folder: contents by path, `atlas.sum` included. */
  readonly migrations: ReadonlyMap<string, Buffer>;
  readonly style: BaselineStyle;
  /** Where the configuration has the style's format; left out where nobody wrote it. */
  readonly formatPlace?: Place | undefined;
  readonly words: ServerWords;
  /** An empty database, as Atlas writes it. */
  readonly devUrl: string;
  readonly dialect: Dialect;
  readonly atlas: Pick<Tool, 'path' | 'version'>;
  readonly workspace: Workspace;
}

/** What Atlas puts before a whole database's objects although every Postgres database has it. */
const PUBLIC_SCHEMA =
  /^-- Add new schema named "public"\nCREATE SCHEMA (?:IF NOT EXISTS )?"public";\n(?:-- Set comment to schema: "public"\nCOMMENT ON SCHEMA "public" IS '[^\n]*';\n)?/;

/**
 * The step `extract`: replays the migrations on an empty database and prints the schema that they end in, which
 * is what sqlc reads. The result is not the plan's text: Postgres rewrites some CHECKs once more on a replay.
 *
 * @returns the whole schema as SQL; empty where there are no migrations
 * @throws CheckError `atlas-failed`: Atlas's own plan does not replay, which no source file can be blamed for;
 * `format-invalid` where Atlas can't write by the configuration's format
 */
export async function extractSchema(input: ExtractInput): Promise<string> {
  if (input.migrations.size === 0) return '';
  const { workspace } = input;
  const folder = join(workspace.dir, 'migrations');
  await mkdir(folder);
  const migrations = migrationsForServer(input);
  await Promise.all([...migrations].map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  const args = [
    'schema',
    'inspect',
    '-u',
    'file://migrations',
    '--dev-url',
    input.devUrl,
    '--format',
    input.style.format,
  ];
  const result = await runBriefly(input.atlas.path, args, {
    cwd: workspace.dir,
    env: workspace.env,
    signal: workspace.signal,
  });
  if (result.exitCode !== 0) {
    if (isFormatError(result.stderr)) throw formatError(input, result.stderr);
    throw new CheckError(
      'atlas-failed',
      `Atlas could not replay the migrations that it planned\n${result.stderr}`.trimEnd(),
      {
        hint: `${input.formatPlace === undefined ? '' : 'correct `migrations.format` if it writes something else than the plan; otherwise '}write what it names in another way in the schema, or pin another version of Atlas and run: dbcheck tools`,
      },
    );
  }
  const schema = await inFixedOrder(result.stdout.toString().replace(PUBLIC_SCHEMA, ''), input);
  return input.words.fromServer(schema);
}

/** By file name; a checksum is made anew where the words are not those that it was made of. */
function migrationsForServer({ migrations, words }: ExtractInput): ReadonlyMap<string, Buffer> {
  const named = new Map([...migrations].map(([path, bytes]) => [basename(path), bytes]));
  if (words.through === null) return named;
  const sql = new Map(
    [...named]
      .filter(([name]) => name.endsWith('.sql'))
      .map(([name, bytes]) => [name, Buffer.from(words.toServer(bytes.toString()))]),
  );
  return new Map([...sql, ['atlas.sum', atlasSum(sql)]]);
}
