import { expect, it } from 'vitest';
import { parameterCount, parameterNames } from '../../src/sources/query-parameters.ts';
import { readQueryFile } from '../../src/sources/read-query-file.ts';
import { positionAt } from '../../src/sources/source-text.ts';

async function read(...lines: readonly string[]) {
  return readQueryFile('q.sql', Buffer.from(lines.join('\n')), 'postgres');
}

async function factsOf(sql: string) {
  const { statements } = await read(sql);
  const facts = statements[0]?.facts;
  if (facts === null || facts === undefined) throw new Error(`not read: ${sql}`);
  return facts;
}

it('finds statements, names and parameters at their places', async () => {
  const file = await read(
    '-- name: Gétit :one',
    '-- Doc with é.',
    'SELECT sqlc.embed(t), é FROM t WHERE id = $1 AND a = @b::text AND c = sqlc.narg(d) -- end',
    ';',
    "/* name: Two :exec */ UPDATE t SET a = '👍;' WHERE id = $1;",
  );
  expect(file.problems).toEqual([]);
  expect(file.statements.map(({ nameLine }) => nameLine)).toEqual([
    { kind: 'name', name: 'Gétit', command: ':one', start: 9 },
    expect.objectContaining({ kind: 'broken' }),
  ]);
  const [first, second] = file.statements;
  expect(positionAt(file.source, first?.start ?? 0)).toEqual({ line: 3, column: 1 });
  expect(second?.text).toBe("UPDATE t SET a = '👍;' WHERE id = $1");
  expect(
    first?.parameters.map(({ form, name, number, start }) => [
      form,
      name ?? number,
      file.source.text.slice(start, start + 2),
    ]),
  ).toEqual([
    ['numbered', 1, '$1'],
    ['sign', 'b', '@b'],
    ['narg', 'd', 'sq'],
  ]);
  expect(parameterCount(first?.parameters ?? [])).toBe(3);
  expect(parameterNames(first?.parameters ?? [])).toEqual(['b', 'd']);
});

it('asks for the semicolon at the end that sqlc asks for', async () => {
  const file = await read('SELECT 1;', 'SELECT 2 -- end', '');
  expect(file.problems.map(({ start, message }) => ({ ...positionAt(file.source, start), message }))).toEqual(
    [{ line: 2, column: 9, message: 'the semicolon at the end of the file is missing' }],
  );
  expect((await read('SELECT 1;', '-- end')).problems).toEqual([]);
});

it('keeps the statements beside one that can not be read, and says where that breaks', async () => {
  const file = await read('-- é', 'SELECT 1;', 'SELECT é FROM;', "SELECT 'a;b';", 'SELECT (2;');
  expect(file.statements.map(({ facts, text }) => [facts !== null, text])).toEqual([
    [true, 'SELECT 1'],
    [false, 'SELECT é FROM'],
    [true, "SELECT 'a;b'"],
    [false, 'SELECT (2'],
  ]);
  expect(file.problems.map(({ start, message }) => ({ ...positionAt(file.source, start), message }))).toEqual(
    [
      { line: 3, column: 14, message: 'syntax error at end of input' },
      { line: 5, column: 10, message: 'syntax error at end of input' },
    ],
  );
});

it.each([
  ['SELECT * FROM t', ['result']],
  ['SELECT t.*, count(*) FROM t', ['result']],
  ['SELECT count(*) FROM t WHERE EXISTS (SELECT * FROM u WHERE u.id = t.id)', []],
  ['SELECT EXISTS (SELECT * FROM t)', []],
  ['SELECT sqlc.embed(t) FROM t', []],
  ['WITH x AS (SELECT * FROM t) SELECT a FROM x', ['inside']],
  ['INSERT INTO a (b) SELECT * FROM t RETURNING *', ['insert', 'returning']],
  ['SELECT * FROM a UNION SELECT * FROM b', ['set-operation', 'set-operation']],
  ['SELECT * FROM a WHERE b UNION ALL (SELECT a.* FROM a ORDER BY c LIMIT 1)', ['result', 'result']],
  ['SELECT * FROM a UNION SELECT * FROM x.a', ['set-operation', 'set-operation']],
  ['SELECT * FROM a UNION SELECT * FROM a, b', ['set-operation', 'set-operation']],
  ['UPDATE t SET a = 1 WHERE id = $1 RETURNING t.*', ['returning']],
  ['SELECT a FROM t WHERE id IN (SELECT * FROM u)', ['inside']],
])('tells what the stars of %s stand for', async (sql, roles) => {
  expect((await factsOf(sql)).stars.map(({ role }) => role)).toEqual(roles);
});

it.each([
  ['UPDATE t SET a = 1', ['UPDATE t 0']],
  ['UPDATE t SET a = 1 WHERE true', []],
  ['WITH d AS (DELETE FROM s.t RETURNING id) SELECT id FROM d', ['DELETE t 11']],
  ['INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2', []],
  ['SELECT a FROM t FOR UPDATE', []],
])('finds what %s changes without WHERE', async (sql, expected) => {
  const { unbounded } = await factsOf(sql);
  expect(unbounded.map(({ verb, table, start }) => `${verb} ${table} ${start}`)).toEqual(expected);
});

it.each([
  ['SELECT a FROM t LIMIT 5 OFFSET @page_offset::int', [24]],
  ['SELECT a FROM t ORDER BY a LIMIT 5 OFFSET 2', []],
  ['SELECT a FROM (SELECT a FROM t ORDER BY a) x OFFSET 2', []],
  ['SELECT a FROM (SELECT a FROM t OFFSET $1) x', [31]],
])('finds the OFFSET without an order in %s', async (sql, expected) => {
  expect((await factsOf(sql)).unorderedOffsets).toEqual(expected);
});

it.each([
  ['INSERT INTO t VALUES (1)', ['t']],
  ['INSERT INTO t (a) VALUES (1)', []],
  ['INSERT INTO t DEFAULT VALUES', []],
  ['INSERT INTO t SELECT a FROM u', ['t']],
])('finds the INSERT without columns in %s', async (sql, expected) => {
  expect((await factsOf(sql)).positionalInserts.map(({ table }) => table)).toEqual(expected);
});

it.each([
  ['SELECT a FROM t LIMIT 1', 'one'],
  ['SELECT a FROM t LIMIT $1', 'unknown'],
  ['SELECT count(*) FROM t', 'unknown'],
  ['SELECT now()', 'one'],
  ['SELECT a FROM t WHERE id = $1', 'by-key'],
  ['SELECT a FROM t GROUP BY a', 'unknown'],
  ['WITH x AS (SELECT 1) SELECT a FROM x', 'unknown'],
  ['INSERT INTO t (a) VALUES (1) RETURNING a', 'one'],
  ['INSERT INTO t (a) VALUES (1), (2) RETURNING a', 'several'],
  ['INSERT INTO t (a) SELECT b FROM u RETURNING a', 'unknown'],
  ['DELETE FROM t WHERE id = $1 RETURNING a', 'by-key'],
])('bounds the rows of %s', async (sql, kind) => {
  expect((await factsOf(sql)).rows.kind).toBe(kind);
});

it('finds operators that swallow the sign of a parameter, in characters', async () => {
  const file = await read(
    '-- name: First :many',
    "SELECT 'é👍', a||@b FROM t WHERE (a)=@c::text AND -@d < 1 AND tags <@ARRAY[a] AND a = @e AND a =@ f AND a=@g.h;",
    '-- name: Second :many',
    'SELECT 1 WHERE id>=@low+1 AND id IN(@x) AND b @>@"C" AND b OPERATOR(pg_catalog.<@) c;',
  );
  const placed = file.statements.flatMap(({ facts }) =>
    (facts?.swallowedSigns ?? []).map(({ start, operator, operand, left }) => [
      file.source.text.slice(start, start + operator.length),
      operand,
      left,
    ]),
  );
  expect(placed).toEqual([
    ['||@', 'b', 'a'],
    ['=@', 'c', 'a'],
    ['-@', 'd', null],
    ['>=@', 'low', 'id'],
    ['@>@', 'C', 'b'],
  ]);
});
