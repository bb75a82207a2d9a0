import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIALECTS } from '../../src/config/dialect-names.ts';
import { formatQueries } from '../../src/sources/format-queries.ts';
import { readQueryFile } from '../../src/sources/read-query-file.ts';
import { positionAt } from '../../src/sources/source-text.ts';

const VALID =
  "-- name: A :one\nWITH x AS (SELECT * FROM t) SELECT sqlc.embed(t), é FROM t WHERE a IN (sqlc.slice('b')) AND c = $1 OFFSET 2;\n" +
  "/* name: B :exec */\nINSERT INTO t (a) VALUES (?, @b, $$x$$, 'it''s', \"q\", `r`, [s]) RETURNING *; -- end\n";

const mutated = fc
  .array(
    fc.tuple(
      fc.nat(VALID.length),
      fc.nat(8),
      fc.constantFrom(
        '',
        "'",
        '"',
        '`',
        '(',
        ')',
        '/*',
        '*/',
        ';',
        '\0',
        '$$',
        '\n--',
        '*',
        '<',
        '-',
        '?',
        '@',
        '\ud83d',
        '👍',
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), VALID),
  );
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  mutated.map((text) => Buffer.from(text)),
);

it.each(DIALECTS)('reads any bytes as queries for %s', async (dialect) => {
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      const file = await readQueryFile('q.sql', input, dialect);
      for (const { start } of file.problems) {
        expect(start).toBeLessThanOrEqual(file.source.text.length);
        expect(positionAt(file.source, start).column).toBeGreaterThan(0);
      }
      for (const { start, end, text } of file.statements)
        expect(file.source.text.slice(start, end)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it('lays out any bytes, or leaves them alone', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...DIALECTS), async (input, dialect) => {
      const file = await readQueryFile('q.sql', input, dialect);
      const once = (await formatQueries([file], { indent: 2, width: 80, operators: 'before' })).get('q.sql');
      if (once === undefined) return;
      const again = await readQueryFile('q.sql', once, dialect);
      expect(
        (await formatQueries([again], { indent: 2, width: 80, operators: 'before' })).get('q.sql'),
      ).toEqual(once);
    }),
    { numRuns: 2000 },
  );
});

it.each(DIALECTS)('reads for %s what is nested deeper than a parser goes', async (dialect) => {
  const deep = `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n`;
  const file = await readQueryFile('q.sql', Buffer.from(deep), dialect);
  expect(file.statements).toHaveLength(1);
  const chain = await readQueryFile('q.sql', Buffer.from(`SELECT 1${' + 1'.repeat(20_000)};\n`), dialect);
  expect(chain.statements.length).toBeGreaterThan(0);
  const next = await readQueryFile('q.sql', Buffer.from('SELECT a FROM t;'), dialect);
  expect(next.statements[0]?.facts?.verb).toBe('select');
});
