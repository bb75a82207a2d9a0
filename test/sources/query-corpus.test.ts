import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECTS, type DialectName } from '../../src/config/dialect-names.ts';
import { postgresParser } from '../../src/dialects/postgres-parser.ts';
import { sqlTokens } from '../../src/dialects/sql-tokens.ts';
import { formatQueries } from '../../src/sources/format-queries.ts';
import { sqlIgnoreComments } from '../../src/sources/ignore-comments.ts';
import type { QueryFile } from '../../src/sources/query-file.ts';
import { readQueryFile } from '../../src/sources/read-query-file.ts';

const LAYOUT = { indent: 2, width: 80, operators: 'before' } as const;

function corpus(dialect: DialectName): Promise<string> {
  return readFile(fileURLToPath(new URL(`query-corpus/${dialect}.sql`, import.meta.url)), 'utf8');
}

async function read(text: string, dialect: DialectName): Promise<QueryFile> {
  return readQueryFile('q.sql', Buffer.from(text), dialect);
}

async function formatted(text: string, dialect: DialectName): Promise<string | null> {
  return (await formatQueries([await read(text, dialect)], LAYOUT)).get('q.sql')?.toString() ?? null;
}

/** What Postgres reads, without where it stands. */
async function tree(text: string): Promise<string> {
  const { parseSync } = await postgresParser();
  return JSON.stringify(parseSync(text), (key, value: unknown) =>
    /(?:location|stmt_len|list_start|list_end)$/.test(key) ? undefined : value,
  );
}

/** What a statement says to people and tools other than the server. */
function said({ statements, bytes }: QueryFile, dialect: DialectName) {
  const comments = [...sqlTokens(bytes.toString(), dialect)].flatMap(({ kind, text }) =>
    kind === 'comment' ? [text.trimEnd()] : [],
  );
  return {
    statements: statements.map(({ nameLine, parameters, facts, text }) => ({
      name: nameLine?.kind === 'name' ? [nameLine.name, nameLine.command] : nameLine?.kind,
      parameters: parameters.map(({ start: _, ...parameter }) => parameter),
      verb: facts?.verb,
      text: text.replace(/\s+/g, ''),
    })),
    comments,
    ignored: sqlIgnoreComments('q.sql', bytes, dialect).map(({ rule, reason, covers }) => [
      rule,
      reason,
      covers !== null,
    ]),
  };
}

async function expectSame(text: string, dialect: DialectName): Promise<number> {
  const once = await formatted(text, dialect);
  expect(once).not.toBeNull();
  if (once === null) return 0;
  const [before, after] = [await read(text, dialect), await read(once, dialect)];
  expect(said(after, dialect)).toEqual(said(before, dialect));
  if (dialect === 'postgres') expect(await tree(once)).toBe(await tree(text));
  expect(await formatted(once, dialect)).toBe(once);
  return before.statements.filter(({ text: sql }, index) => sql !== after.statements[index]?.text).length;
}

describe.each(DIALECTS)('queries of all kinds for %s', (dialect) => {
  it('say the same in their layout', async () => {
    const text = await corpus(dialect);
    const { statements } = await read(text, dialect);
    expect(await expectSame(text, dialect)).toBeGreaterThan(statements.length / 2);
    await expectSame(text.replaceAll('\n', '\r\n'), dialect);
  });

  it('say the same in their layout, whatever white space and comments they have', async () => {
    const { statements } = await read(await corpus(dialect), dialect);
    const space = fc.constantFrom(
      ' ',
      ' ',
      ' ',
      '\n',
      '\n  ',
      '\t',
      ' /* x */ ',
      " -- it's\n",
      '/**/',
      '\n-- d\n',
    );
    const query = fc
      .tuple(fc.constantFrom(...statements), fc.array(space, { minLength: 1, maxLength: 7 }))
      .map(([{ text }, spaces]) => {
        const pieces = [...sqlTokens(text, dialect)];
        return pieces
          .map(({ text: piece, start, kind }, index) => {
            const after = pieces[index + 1]?.start ?? text.length;
            const gap = text.slice(start + piece.length, after);
            return piece + (gap === '' || kind === 'comment' ? gap : spaces[index % spaces.length]);
          })
          .join('');
      })
      .map((sql) => `-- name: A :many\n${sql}\n;\n`);
    let judged = 0;
    const property = fc.asyncProperty(query, async (text) => {
      if ((await read(text, dialect)).problems.length > 0) return;
      judged += 1;
      await expectSame(text, dialect);
    });
    await fc.assert(property, { numRuns: 100 });
    expect(judged).toBeGreaterThan(60);
  });
});
