import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { AT, SHOP } from '../../../src/rules/example-files.ts';
import { emptyShop, type Report, type Shop } from '../shop.ts';

/** A shop of one database in two dialects, with the queries of both, committed. Made in `beforeAll`; `remove` takes it away. */
export async function lintShop(): Promise<Shop> {
  const shop = await emptyShop();
  const pins = ['tools/atlas/go.mod', 'tools/atlas/go.sum'].map(async (path) => [
    path,
    await readFile(path, 'utf8'),
  ]);
  await shop.commit({
    ...Object.fromEntries(await Promise.all(pins)),
    [AT.postgres]: SHOP.postgres,
    [AT.mysql]: SHOP.mysql,
    [AT.queries]: SHOP.queries,
    [AT.mysqlQueries]: SHOP.mysqlQueries,
    [AT.sqlcPostgres]: SHOP.sqlcPostgres,
    [AT.sqlcMysql]: SHOP.sqlcMysql,
    [AT.sqlcSchema]: SHOP.sqlcSchema,
  });
  return shop;
}

/** The rules that found something, each with its place. */
export async function found(shop: Shop, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await shop.dbcheck(['lint', '--format', 'json', ...args]);
  if (stdout === '') throw new Error(stderr);
  const { diagnostics, errors }: Report = JSON.parse(stdout);
  expect(errors).toEqual([]);
  return diagnostics.map(({ rule, location }) => `${rule} ${location.path}:${location.line ?? 0}`);
}

/** The same as a run that takes nothing from earlier ones, which then is what was found. */
export async function foundAnew(shop: Shop, ...args: readonly string[]): Promise<readonly string[]> {
  const known = await found(shop, ...args);
  expect(await found(shop, ...args, '--no-cache')).toEqual(known);
  return known;
}
