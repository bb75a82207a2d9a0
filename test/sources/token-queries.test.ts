import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parameterCount, parameterNames } from '../../src/sources/query-parameters.ts';
import { readQueryFile } from '../../src/sources/read-query-file.ts';
import { positionAt } from '../../src/sources/source-text.ts';

type Dialect = 'mysql' | 'sqlite';

async function read(dialect: Dialect, sql: string) {
  return readQueryFile('q.sql', Buffer.from(sql), dialect);
}

async function factsOf(dialect: Dialect, sql: string) {
  const { statements } = await read(dialect, sql);
  const facts = statements[0]?.facts;
  if (facts === null || facts === undefined) throw new Error(`not read: ${sql}`);
  return facts;
}

it.each(['mysql', 'sqlite', 'postgres'] as const)(
  'reads every query of the repository for %s',
  async (dialect) => {
    const folder = new URL(`../../tools/sqlc/queries/${dialect}/`, import.meta.url);
    for (const name of await readdir(folder)) {
      const file = await readQueryFile(name, await readFile(new URL(name, folder)), dialect);
      expect([name, file.problems]).toEqual([name, []]);
      expect(file.statements.every(({ nameLine }) => nameLine?.kind === 'name')).toBe(true);
      expect(file.statements.map(({ facts }) => facts?.verb)).not.toContain('other');
    }
  },
);

it.each([
  ['mysql', "INSERT INTO t (a) VALUES (?) AS new ON DUPLICATE KEY UPDATE a = new.a, b = 'it\\'s;' -- c"],
  ['mysql', 'SELECT `a``;` FROM t WHERE MATCH(a) AGAINST (? IN BOOLEAN MODE) # c (\n'],
  ['mysql', "SELECT JSON_EXTRACT(a, '$.b'), a->>'$.c' FROM t FOR UPDATE SKIP LOCKED"],
  ['mysql', 'SELECT /*+ MAX_EXECUTION_TIME(1000) */ a FROM t USE INDEX (x)'],
  ['mysql', 'SELECT 5--1, "a\\"b" /* ; ( */'],
  ['sqlite', "SELECT [a;], `b`, \"c\"\"d\" FROM t WHERE b = 'it''s' OR c = '\\' -- ("],
  [
    'sqlite',
    'INSERT INTO t (a) VALUES (?1) ON CONFLICT (a) DO UPDATE SET a = excluded.a WHERE b > ?2 RETURNING a',
  ],
  ['sqlite', 'WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT x FROM a'],
] as const)('takes what %s takes: %s', async (dialect, sql) => {
  const file = await read(dialect, sql);
  expect(file.problems).toEqual([]);
  expect(file.statements).toHaveLength(1);
});

it.each([
  ['mysql', "SELECT 1;\nSELECT 'a\\'", '2:8 a string is never closed'],
  ['mysql', 'SELECT `a', '1:8 a quoted name is never closed'],
  ['mysql', 'SELECT 1 /* a', '1:10 a comment is never closed'],
  ['sqlite', "SELECT 'a''", '1:8 a string is never closed'],
  ['sqlite', 'SELECT ((1);\nSELECT 2', '1:8 `(` has no `)`'],
  ['sqlite', 'SELECT 1)', '1:9 `)` has no `(`'],
] as const)('says for %s what nobody can read in %s', async (dialect, sql, expected) => {
  const file = await read(dialect, sql);
  expect(
    file.problems.map(({ start, message }) => {
      const { line, column } = positionAt(file.source, start);
      return `${line}:${column} ${message}`;
    }),
  ).toEqual([expected]);
});

it.each([
  [
    'mysql',
    'SELECT a FROM t WHERE b = sqlc.arg(x) AND c = ? AND d = sqlc.narg("y") AND e = sqlc.arg(x) AND f = @v',
    ['x', 'y'],
    3,
  ],
  [
    'sqlite',
    'SELECT a FROM t WHERE b = :x AND c = ?2 AND d = @y AND e IN (sqlc.slice(ids)) AND f = ?2',
    ['x', 'y', 'ids'],
    4,
  ],
] as const)('finds the parameters for %s', async (dialect, sql, names, count) => {
  const parameters = (await read(dialect, sql)).statements[0]?.parameters ?? [];
  expect(parameterNames(parameters)).toEqual(names);
  expect(parameterCount(parameters)).toBe(count);
});

it.each([
  ['mysql', 'SELECT * FROM t', ['result 7']],
  ['mysql', 'SELECT DISTINCT `t`.*, a * 2, count(*) FROM t', ['result 16']],
  ['sqlite', 'SELECT a FROM t WHERE EXISTS (SELECT * FROM u WHERE b IN (SELECT * FROM v))', ['inside 65']],
  ['sqlite', 'SELECT * FROM a UNION ALL SELECT b.* FROM b', ['set-operation 7', 'set-operation 33']],
  ['mysql', 'SELECT * FROM a WHERE b UNION SELECT * FROM `a` LIMIT 2', ['result 7', 'result 37']],
  ['mysql', '(SELECT * FROM a WHERE b) UNION ALL (SELECT * FROM a)', ['inside 8', 'inside 44']],
  ['mysql', 'SELECT * FROM a UNION SELECT * FROM x.a', ['set-operation 7', 'set-operation 29']],
  ['mysql', 'SELECT * FROM a UNION SELECT * FROM a JOIN b', ['set-operation 7', 'set-operation 29']],
  ['sqlite', 'INSERT INTO t (a) SELECT * FROM u RETURNING *', ['insert 25', 'returning 44']],
  ['sqlite', 'WITH x AS (SELECT * FROM t) SELECT a FROM x', ['inside 18']],
  ['mysql', 'SELECT (SELECT 2 * 3), sqlc.embed(t) FROM t', []],
] as const)('for %s, tells what the stars of %s stand for', async (dialect, sql, expected) => {
  expect((await factsOf(dialect, sql)).stars.map(({ role, start }) => `${role} ${start}`)).toEqual(expected);
});

it.each([
  ['mysql', 'UPDATE t SET a = 1', ['UPDATE t 0']],
  ['mysql', 'UPDATE s.`t` AS x SET a = 1', ['UPDATE t 0']],
  ['mysql', 'UPDATE t JOIN u ON u.id = t.id SET t.a = 1', []],
  ['mysql', 'DELETE FROM t ORDER BY a LIMIT 10', []],
  ['mysql', 'INSERT INTO t (a) VALUES (?) ON DUPLICATE KEY UPDATE a = 1', []],
  ['mysql', 'SELECT a FROM t FOR UPDATE', []],
  ['sqlite', 'WITH x AS (SELECT 1) DELETE FROM "t" RETURNING a', ['DELETE t 21']],
  ['sqlite', 'DELETE FROM t WHERE id = (SELECT 1)', []],
  ['sqlite', 'UPDATE t SET a = (SELECT b FROM u WHERE u.id = t.id)', ['UPDATE t 0']],
] as const)('for %s, finds what %s changes without WHERE', async (dialect, sql, expected) => {
  const { unbounded } = await factsOf(dialect, sql);
  expect(unbounded.map(({ verb, table, start }) => `${verb} ${table} ${start}`)).toEqual(expected);
});

it.each([
  ['mysql', 'INSERT INTO t VALUES (?)', ['t']],
  ['mysql', 'INSERT IGNORE INTO s.`t` (a) VALUES (?)', []],
  ['mysql', 'INSERT INTO s.t VALUES (?)', ['t']],
  ['mysql', 'INSERT INTO t SET a = ?', []],
  ['mysql', 'INSERT INTO t () VALUES ()', []],
  ['mysql', 'REPLACE INTO t SELECT a FROM u', ['t']],
  ['sqlite', 'INSERT OR REPLACE INTO t AS x VALUES (1)', ['t']],
  ['sqlite', 'INSERT INTO t DEFAULT VALUES', []],
] as const)('for %s, finds the INSERT without columns in %s', async (dialect, sql, expected) => {
  expect((await factsOf(dialect, sql)).positionalInserts.map(({ table }) => table)).toEqual(expected);
});

it.each([
  ['mysql', 'SELECT a FROM t LIMIT ? OFFSET ?', [24]],
  ['mysql', 'SELECT a FROM t LIMIT ?, ?', [16]],
  ['mysql', 'SELECT a, b FROM t ORDER BY a LIMIT ?, ?', []],
  ['sqlite', 'SELECT offset, row_number() OVER (ORDER BY a) FROM t LIMIT 1', []],
] as const)('for %s, finds the OFFSET without an order in %s', async (dialect, sql, expected) => {
  expect((await factsOf(dialect, sql)).unorderedOffsets).toEqual(expected);
});

it.each([
  ['mysql', 'SELECT a FROM t WHERE lower(a) IN (sqlc.slice(y))', 1],
  ['mysql', 'SELECT a FROM t WHERE b = 1 AND a + 1 NOT IN (sqlc.slice(y))', 1],
  [
    'mysql',
    'SELECT a FROM t WHERE (a) IN (sqlc.slice(y)) AND t.a IN (sqlc.slice(z)) AND NOT a IN (sqlc.slice(q))',
    0,
  ],
  ['sqlite', 'SELECT a FROM t WHERE a COLLATE NOCASE IN (sqlc.slice(y))', 1],
] as const)('for %s, finds the lists that are dropped in %s', async (dialect, sql, count) => {
  expect((await factsOf(dialect, sql)).lostSlices).toHaveLength(count);
});
