import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIALECTS, type DialectName } from '../../src/config/dialect-names.ts';
import { formatQueries } from '../../src/sources/format-queries.ts';
import { readQueryFile } from '../../src/sources/read-query-file.ts';
import { repositoryTool } from '../process/repository-tool.ts';

const LAYOUT = { indent: 2, width: 80, operators: 'before' } as const;
const TOOLS = fileURLToPath(new URL('../../tools/', import.meta.url));

async function formatted(text: string, dialect: DialectName): Promise<string | null> {
  const file = await readQueryFile('q.sql', Buffer.from(text), dialect);
  return (await formatQueries([file], LAYOUT)).get('q.sql')?.toString() ?? null;
}

it.each([
  [
    'postgres',
    '-- name: A :one\n-- Doc.\nselect sqlc.embed(t), a from t where b = @b::text and c = $1 and d = sqlc.narg(d);\n',
  ],
  ['mysql', '-- name: A :one\nselect a from t where b in (sqlc.slice(b)) and `c` = ? and d = sqlc.arg(d);\n'],
  [
    'sqlite',
    '-- name: A :one\nselect a from t where b = ?1 and c = :c and d = @d and e in (sqlc.slice(e));\n',
  ],
] as const)('lays out what sqlc reads for %s without a change to its words', async (dialect, text) => {
  const once = await formatted(text, dialect);
  expect(once).not.toBe(text);
  expect(once?.replace(/\s+/g, '').toLowerCase()).toBe(text.replace(/\s+/g, '').toLowerCase());
  expect(once).toContain('-- name: A :one\n');
  expect(await formatted(once ?? '', dialect)).toBe(once);
});

it('keeps comments that sqlc makes documentation of, and leaves alone what it can not read', async () => {
  const inner = '-- name: A :one\nselect a\n-- dbcheck-ignore query/select-star: kept\nfrom t;\n';
  expect(await formatted(inner, 'postgres')).toContain('-- dbcheck-ignore query/select-star: kept');
  expect(await formatted('DELIMITER //\nselect 1;\n', 'mysql')).toBeNull();
  expect(await formatted('-- name: A :one\nselect (1;\n', 'postgres')).toBeNull();
});

it.each([
  ['postgres', 'a ?@> b'],
  ['postgres', 'a %% b'],
  ['postgres', 'a*/b'],
  ['mysql', 'a /*! + /* x */ b */'],
  // For sqlc as well as the server, the operator is `=@`, and `b` a column.
  ['postgres', 'a=@b'],
] as const)(
  'leaves alone what the formatter would make another operator of, for %s: %s',
  async (dialect, expression) => {
    const text = `-- name: A :one\nselect a from t where ${expression};\n`;
    expect(await formatted(text, dialect)).toBe(text);
  },
);

it.each([
  ['postgres', "select 'a'\n'b' from t;", 'strings that go on only behind the end of a line'],
  ['postgres', 'select a,\u00a0b from t;', 'a no-break space, which is a letter of a name'],
  ['mysql', 'select a,\u00a0b from t;', 'a no-break space, which is a letter of a name'],
  ['sqlite', 'select a,\u00a0b from t;', 'a no-break space, which is a letter of a name'],
  ['mysql', 'insert into position (a) values (1);', 'a table with the name of a function'],
  ['mysql', 'select sum (a) from t;', 'what is no call of a function'],
  ['mysql', '/* x */ DELETE /* y */ FROM t;', 'what would be a line of sqlc’s comments'],
  [
    'mysql',
    'DO 1; /* x */ DELETE /* y */ FROM t;',
    'what would be a line of sqlc’s comments, behind a statement',
  ],
] as const)('leaves alone where white space counts, for %s: %s: %s', async (dialect, sql, _) => {
  const text = `-- name: A :exec\n${sql}\n`;
  expect(await formatted(text, dialect)).toBe(text);
});

it.each([
  ['select a from t where b = 1 -- end\n;\n', 'select\n  a\nfrom\n  t\nwhere\n  b = 1 -- end\n;\n'],
  ['select a from t /* end */ ;\n', 'select\n  a\nfrom\n  t /* end */;\n'],
])('keeps the semicolon out of a comment before it: %j', async (text, laidOut) => {
  const name = '-- name: A :many\n';
  expect(await formatted(name + text, 'postgres')).toBe(name + laidOut);
  expect(await formatted(name + laidOut, 'postgres')).toBe(name + laidOut);
});

it.each(DIALECTS)('keeps the line ends of Windows for %s', async (dialect) => {
  const text = "-- name: A :many\r\nselect a, -- c\r\n  'x\r\ny' from t;\r\n";
  const laidOut = "-- name: A :many\r\nselect\r\n  a, -- c\r\n  'x\r\ny'\r\nfrom\r\n  t;\r\n";
  expect(await formatted(text, dialect)).toBe(laidOut);
  expect(await formatted(laidOut, dialect)).toBe(laidOut);
});

it.each([
  ['postgres', 'a=-1', 'a = -1'],
  ['postgres', 'a <@b', 'a <@ b'],
  ['postgres', 'a->>$1<<->b', 'a ->> $1 <<-> b'],
  ['postgres', 'a::int', 'a::int'],
  ['mysql', 'a<=>-b', 'a <=> - b'],
  ['mysql', '@@x->>?', '@@x ->> ?'],
  ['postgres', 'sqlc.Embed(t)', 'sqlc.Embed(t)'],
  ['mysql', 'SQLC.EMBED(t)', 'SQLC.EMBED(t)'],
  ['sqlite', 'sqlc.Embed(t)', 'sqlc.Embed(t)'],
  ['sqlite', 'a==-1', 'a == -1'],
] as const)('keeps operators and calls of sqlc whole for %s: %s', async (dialect, expression, laidOut) => {
  expect(await formatted(`-- name: A :one\nselect ${expression} from t;\n`, dialect)).toBe(
    `-- name: A :one\nselect\n  ${laidOut}\nfrom\n  t;\n`,
  );
});

it.each(DIALECTS)('changes nothing in the code for %s but the text of the queries', async (dialect) => {
  const sqlc = (await repositoryTool('sqlc')).path;
  const root = await mkdtemp(join(tmpdir(), 'dbcheck-format-'));
  try {
    await cp(join(TOOLS, 'sqlc'), join(root, 'tools/sqlc'), { recursive: true });
    const generate = async (): Promise<readonly string[]> => {
      await execa(sqlc, ['generate', '-f', join(root, `tools/sqlc/sqlc_${dialect}.yml`)]);
      const out = join(root, 'tools/store', dialect);
      const names = (await readdir(out)).toSorted();
      return Promise.all(names.map(async (name) => `${name}\n${await readFile(join(out, name), 'utf8')}`));
    };
    const before = await generate();
    const queries = join(root, 'tools/sqlc/queries', dialect);
    let changed = 0;
    for (const name of await readdir(queries)) {
      const text = await readFile(join(queries, name), 'utf8');
      const once = await formatted(text, dialect);
      expect(once).not.toBeNull();
      expect(await formatted(once ?? '', dialect)).toBe(once);
      if (once !== text) changed += 1;
      await writeFile(join(queries, name), once ?? '');
    }
    expect(changed).toBeGreaterThan(0);
    expect((await generate()).map(withoutLayout)).toEqual(before.map(withoutLayout));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

/** The code with the white space of its queries taken out. */
function withoutLayout(code: string): string {
  return code.replace(/`-- name:[^`]*`/g, (query) => query.replace(/\s+/g, ''));
}

it('formats what it has formatted to the same text', async () => {
  const word = fc.constantFrom(
    'a',
    'b',
    't.c',
    '$1',
    '@x',
    'sqlc.arg(y)',
    "'it''s'",
    '1',
    'count(*)',
    'lower(a)',
  );
  const condition = fc
    .array(fc.tuple(word, fc.constantFrom('=', '<>', '>='), word), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map((part) => part.join(' ')).join(' AND '));
  const query = fc
    .tuple(
      fc.array(word, { minLength: 1, maxLength: 4 }),
      condition,
      fc.constantFrom(' ', '\n', '\n  '),
      fc.constantFrom('', ' -- note', ' /* x */'),
    )
    .map(
      ([columns, where, space, comment]) =>
        `-- name: Q :many\nSELECT ${columns.join(',')}${comment}${space === ' ' && comment === ' -- note' ? '\n' : space}FROM t${space}WHERE ${where};\n`,
    );
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom(...DIALECTS), async (text, dialect) => {
      const once = await formatted(text, dialect);
      if (once !== null) expect(await formatted(once, dialect)).toBe(once);
    }),
    { numRuns: 300 },
  );
});
