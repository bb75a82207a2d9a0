import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { findHclBlocks, parseHcl } from '../../src/format/hcl-syntax.ts';

const SCHEMA = `schema "public" {
}

enum "state" {
  schema = schema.public
  values = ["a", "b"]
}
table "users" {
  schema = schema.public
  column "id" {
    type = sql("x")
    identity {
      generated = ALWAYS
    }
  }
  /* é👍🏽 */ index "by_id" { columns = [column.id] }
}
table "audit" "log" {
  check "it's \\"so\\"" { expr = <<-SQL
    table "no" {}
  SQL
  }
}
`;

it('finds every block with the labels around it', async () => {
  expect(await findHclBlocks(Buffer.from(SCHEMA))).toEqual([
    { type: 'schema', labels: ['public'], line: 1, column: 1 },
    { type: 'enum', labels: ['state'], line: 4, column: 1 },
    { type: 'table', labels: ['users'], line: 8, column: 1 },
    { type: 'column', labels: ['users', 'id'], line: 10, column: 3 },
    { type: 'identity', labels: ['users', 'id'], line: 12, column: 5 },
    { type: 'index', labels: ['users', 'by_id'], line: 16, column: 12 },
    { type: 'table', labels: ['audit', 'log'], line: 18, column: 1 },
    { type: 'check', labels: ['audit', 'log', 'it\'s "so"'], line: 19, column: 3 },
  ]);
});

it('reads line ends and a byte order mark of Windows', async () => {
  const bytes = Buffer.from(`\ufeff${SCHEMA.replaceAll('\n', '\r\n')}`);
  expect(await findHclBlocks(bytes)).toEqual(await findHclBlocks(Buffer.from(SCHEMA)));
});

it('parses the schemas of this repository', async () => {
  for (const name of ['keygen', 'sign', 'watch']) {
    const file = new URL(`../../tools/atlas/schemas/postgres/${name}.hcl`, import.meta.url);
    const syntax = await parseHcl(await readFile(file));
    expect(syntax.kind).toBe('ok');
    expect(syntax.blocks.filter(({ type }) => type === 'table').length).toBeGreaterThanOrEqual(6);
  }
});

it('is fine with a file that says nothing', async () => {
  for (const text of ['', '\n', '# only words\n']) {
    expect(await parseHcl(Buffer.from(text))).toEqual({ kind: 'ok', blocks: [] });
  }
});

it('says where a file is broken, and what blocks there are all the same', async () => {
  expect(await parseHcl(Buffer.from('table "a" {\n}\ntable "b" {\n  column "c" {\n'))).toEqual({
    kind: 'invalid',
    line: 5,
    column: 1,
    blocks: [
      { type: 'table', labels: ['a'], line: 1, column: 1 },
      { type: 'table', labels: ['b'], line: 3, column: 1 },
      { type: 'column', labels: ['b', 'c'], line: 4, column: 3 },
    ],
  });
  expect(await parseHcl(Buffer.from([...Buffer.from('a = 1\n# '), 0xff]))).toMatchObject({
    kind: 'invalid',
    line: 2,
    column: 3,
  });
});

it('reads several files at a time', async () => {
  const files = Array.from({ length: 8 }, (_, index) => Buffer.from(`table "t${index}" {\n}\n`));
  const blocks = await Promise.all(files.map((file) => findHclBlocks(file)));
  expect(blocks.map(([first]) => first?.labels)).toEqual(files.map((_, index) => [`t${index}`]));
});
