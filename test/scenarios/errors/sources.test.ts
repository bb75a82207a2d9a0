import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  copyOf,
  expectExit,
  freshShop,
  ORDERS_HCL,
  PATHS,
  QUERIES,
  type Report,
  type Shop,
  STOCK_HCL,
} from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop();
});
afterAll(() => fresh.remove());

/** `LINE:COLUMN` of a text, from 1. */
function placeOf(source: string, text: string): string {
  const index = source.lastIndexOf(text);
  if (index === -1) throw new Error(`"${text}" is not in the source`);
  const before = source.slice(0, index);
  return `${before.split('\n').length}:${index - before.lastIndexOf('\n')}`;
}

async function refused(path: string, source: string): Promise<{ report: Report; said: string }> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({ [path]: source });
  await shop.git('add', '--all');
  const staged = await shop.dbcheck(['staged', '--format', 'json']);
  expect(staged.exitCode).toBe(1);
  const report: Report = JSON.parse(staged.stdout);
  const commit = await shop.commitStaged();
  expect(commit.exitCode).toBe(1);
  expect(await shop.git('rev-list', '--count', 'HEAD')).toBe('1');
  return { report, said: commit.stderr };
}

/** Exactly one finding, at exactly that place, and no error: exit 1. */
async function expectFinding(
  [path, source, place]: readonly [path: string, source: string, place: string],
  rule: string,
  message: RegExp,
): Promise<void> {
  const { report, said } = await refused(path, source);
  expect(report).toMatchObject({ outcome: 'findings', errors: [] });
  expect(
    report.diagnostics.map(
      ({ rule: id, location: { path: at, line, column } }) => `${id} ${at}:${line}:${column}`,
    ),
  ).toEqual([`${rule} ${path}:${place}`]);
  expect(`${report.diagnostics[0]?.message}\n${report.diagnostics[0]?.because}`).toMatch(message);
  expect(said).toContain(`error[${rule}]`);
  expect(said).toContain(`--> ${path}:${place}\n`);
}

describe('HCL', () => {
  const cases: readonly (readonly [name: string, source: string, at: string, message: RegExp])[] = [
    [
      'whose block is never closed',
      `${STOCK_HCL}\ntable "closed" {\n`,
      '{\n',
      /never closed|closing brace|Unclosed/i,
    ],
    [
      'with a word where none can be',
      STOCK_HCL.replace('type = text', 'type text'),
      '\n  }\n  column "amount"',
      /./,
    ],
    ['of an unknown type', STOCK_HCL.replace('type = text', 'type = txet'), 'txet', /txet/],
    [
      'with a column that does not exist',
      STOCK_HCL.replace('columns = [column.code]', 'columns = [column.kode]'),
      '.kode',
      /kode/,
    ],
  ];
  test.each(cases)('%s', async (_, source, at, message) => {
    await expectFinding([PATHS.stockHcl, source, placeOf(source, at)], 'schema/invalid', message);
  });

  test('that refers to a table that does not exist', async () => {
    const source = ORDERS_HCL.replace('table.regions.column.id', 'table.nowhere.column.id');
    await expectFinding([PATHS.ordersHcl, source, placeOf(source, '.nowhere')], 'schema/invalid', /nowhere/);
  });

  test('with a CHECK that Postgres does not understand', async () => {
    const source = ORDERS_HCL.replace("status IN ('open'", "stat IN ('open'");
    await expectFinding(
      [PATHS.ordersHcl, source, placeOf(source, 'table "orders"')],
      'schema/invalid',
      /stat/,
    );
  });
});

describe('SQL', () => {
  test('that is none', async () => {
    const source = `${QUERIES}\n-- name: Broken :one\nSELEC id FROM orders;\n`;
    await expectFinding(
      [PATHS.orderQueries, source, placeOf(source, 'SELEC id')],
      'query/invalid',
      /syntax error/,
    );
  });

  test('with a column that does not exist', async () => {
    const source = QUERIES.replace('SELECT id, status FROM orders', 'SELECT id, sttus FROM orders');
    await expectFinding(
      [PATHS.orderQueries, source, placeOf(source, 'sttus')],
      'query/invalid',
      /"sttus" does not exist/,
    );
  });

  test('with a table that does not exist', async () => {
    const source = QUERIES.replace('SELECT id, status FROM orders', 'SELECT id, status FROM order_s');
    await expectFinding(
      [PATHS.orderQueries, source, placeOf(source, 'SELECT id, status FROM order_s')],
      'query/invalid',
      /"order_s" does not exist/,
    );
  });
});

describe('a migrations folder of another tool than Atlas', () => {
  const UP = 'CREATE TABLE "orders" ("id" bigint NOT NULL);\n';
  const DOWN = 'DROP TABLE "orders";\n';
  const folder = PATHS.ordersMigrations;
  const cases: readonly (readonly [tool: string, files: Readonly<Record<string, string>>, place: string])[] =
    [
      ['golang-migrate', { '1_init.up.sql': UP, '1_init.down.sql': DOWN }, '1_init.down.sql'],
      ['goose', { '1_init.sql': `-- +goose Up\n${UP}-- +goose Down\n${DOWN}` }, '1_init.sql:1'],
      ['dbmate', { '1_init.sql': `-- orders\n-- migrate:up\n${UP}-- migrate:down\n${DOWN}` }, '1_init.sql:2'],
      ['Flyway', { 'V1__init.sql': UP, 'U1__init.sql': DOWN }, 'U1__init.sql'],
      [
        'Liquibase',
        { '1_init.sql': `--liquibase formatted sql\n--changeset a:1\n${UP}--rollback ${DOWN}` },
        '1_init.sql:1',
      ],
    ];
  test.each(cases)('%s is not written over', async (tool, files, place) => {
    const shop = await copyOf(fresh);
    onTestFinished(() => shop.remove());
    await shop.git('rm', '-rq', folder);
    await shop.write(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
    );
    await shop.git('add', '--all');
    const tree = await shop.git('write-tree');
    await expectError(shop, ['staged'], {
      code: 'migrations-of-another-tool',
      message: new RegExp(`^${folder} holds migrations of ${tool}, `),
      hint: /`migrations\.dir`/,
      place: `${folder}/${place}`,
    });
    await expectUncommittable(shop, 'migrations-of-another-tool');
    for (const args of [['fix', '--stage'], ['fix']]) expectExit(await shop.dbcheck(args), 2);
    await shop.git('add', '--all');
    expect(await shop.git('write-tree')).toBe(tree);
  });
});
