import { CheckError } from '../errors.ts';
import { findHclBlocks } from '../format/hcl-syntax.ts';
import type { SourceFile, SourceProblem } from './step-result.ts';

/** `0001.hcl:9,12-19: Unknown column.type; There is no type …` */
const POSITIONED = /^(?:Error: )?(?:[^\s:]*\/)?(\d{4})\.hcl:(\d+),(\d+)(?:-[\d,]+)?: (.*)$/;
/** What Atlas says of a server, of its rights there, or of how it was called; none of it names a place in a schema. */
const TROUBLE = new RegExp(
  [
    ...['connect: ', 'dial ', 'broken pipe', 'unexpected EOF', 'bad connection'],
    ...['server closed', 'starting up', 'shutting down', 'terminating connection'],
    ...['password authentication', 'permission denied'],
    ...['no space left', 'errcode: 28\\b', 'the table .* is full'],
    ...['database .* does not exist', 'is not clean', 'too many (?:connections|clients)', 'acquiring .*lock'],
    ...['unknown (?:driver|flag|command|shorthand)', 'unsupported (?:driver|version)'],
    // Atlas v0.13 takes the path of a MySQL socket for a schema, where the URL names no database.
    'schema "" was not found',
  ].join('|'),
  'i',
);
/** `cannot use HCL with more than 1 schema when dev-url is limited to schema "public"` */
const SEVERAL_SCHEMAS = /more than 1 schema when dev-url is limited/;
/** `create "orders" table: pq: column "stat" does not exist`: what the server refuses carries its table's name. */
const MADE_TABLE = /\b(?:create|modify) "([^"]+)" table\b/;
const NAMED_OBJECT = /\b(?:table|enum|index|check|column|constraint|type) "([^"]+)"/i;

/**
 * Turns what Atlas prints about a schema into problems at their place in the sources.
 *
 * Atlas sees the sources under numbered names, `0000.hcl` and on, in their order. An error without a position is
 * put at the block of the object that it names, else at the first line of the first file.
 *
 * @throws CheckError `atlas-failed` where the text speaks of the connection or of Atlas itself, not of the schema
 */
export async function atlasProblems(
  stderr: string,
  sources: readonly SourceFile[],
): Promise<readonly SourceProblem[]> {
  const text = stderr.replace(/^Notice: This Atlas edition[\s\S]*$/m, '').trim();
  const positioned = text.split('\n').flatMap((line): SourceProblem[] => {
    const found = POSITIONED.exec(line.trim());
    const source = found === null ? undefined : sources[Number(found[1])];
    if (found === null || source === undefined) return [];
    return [
      {
        path: source.path,
        line: Number(found[2]),
        column: Number(found[3]),
        message: sentence(found[4] ?? ''),
      },
    ];
  });
  if (positioned.length > 0) return positioned;
  if (TROUBLE.test(text) || text === '') {
    throw new CheckError(
      'atlas-failed',
      `Atlas could not plan\n${text === '' ? '(it printed nothing)' : text}`,
      {
        hint: 'run the same command again; if that is no help, look at the server that devDatabase names, or at: dbcheck tools',
      },
    );
  }
  if (SEVERAL_SCHEMAS.test(text)) return [await secondSchema(sources)];
  const message = sentence(text.replace(/^Error: /, '').split('\n')[0] ?? text);
  return [{ ...(await placeOfNamedObject(message, sources)), message }];
}

/** Atlas speaks of its URL, which nobody wrote: that it is limited to a schema follows from the style of the migrations. */
async function secondSchema(sources: readonly SourceFile[]): Promise<SourceProblem> {
  const blocks = await Promise.all(
    sources.map(async ({ path, bytes }) =>
      (await findHclBlocks(bytes)).flatMap(({ type, labels, line, column }) =>
        type === 'schema' && labels.length === 1 ? [{ path, line, column }] : [],
      ),
    ),
  );
  const place = blocks.flat()[1] ?? { path: sources[0]?.path ?? '', line: 1, column: 1 };
  return {
    ...place,
    message:
      'there is more than one, which takes names with their schema: migrations.qualified: true in the configuration',
  };
}

function sentence(text: string): string {
  return text.replace(/\.$/, '');
}

async function placeOfNamedObject(
  message: string,
  sources: readonly SourceFile[],
): Promise<{ path: string; line: number | null; column: number | null }> {
  const name = (MADE_TABLE.exec(message) ?? NAMED_OBJECT.exec(message))?.[1];
  const blocks = await Promise.all(
    sources.map(async ({ path, bytes }) =>
      (await findHclBlocks(bytes)).map(({ labels, line, column }) => ({
        label: labels.at(-1),
        path,
        line,
        column,
      })),
    ),
  );
  const named = blocks.flat().filter(({ label }) => label === name);
  // What is there twice is about the last of several blocks, everything else about the first.
  const found = /duplicate|already exists/i.test(message) ? named.at(-1) : named[0];
  const { path, line, column } = found ?? { path: sources[0]?.path ?? '', line: 1, column: 1 };
  return { path, line, column };
}
