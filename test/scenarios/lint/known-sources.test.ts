import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AT, SHOP } from '../../../src/rules/example-files.ts';
import type { Shop } from '../shop.ts';
import { found, foundAnew, lintShop } from './lint-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await lintShop();
});
afterAll(() => shop.remove());
beforeEach(async () => {
  await shop.git('reset', '--quiet', '--hard');
  await shop.git('clean', '--quiet', '-fd');
  await rm(store(), { recursive: true, force: true });
});

const store = (): string => join(shop.root, '.git/dbcheck');

/** What is kept of sources, each entry by its name and file: one that is written again is another file. */
async function kept(): Promise<readonly string[]> {
  const names = await readdir(store()).catch(() => []);
  return Promise.all(
    names
      .filter((name) => name.startsWith('facts-'))
      .toSorted()
      .map(async (name) => `${name} ${(await stat(join(store(), name))).ino}`),
  );
}

it('is kept once and not read anew while nothing changes', async () => {
  const first = await found(shop);
  const entries = await kept();
  // The layout of two databases, the queries of two configurations.
  expect(entries).toHaveLength(4);
  expect(await found(shop)).toEqual(first);
  expect(await kept()).toEqual(entries);
});

it('follows a file that changes, and one that changes back', async () => {
  const first = await found(shop);
  await shop.write({
    [AT.queries]: `${SHOP.queries}\n-- name: CloseAll :exec\nUPDATE orders SET status = $1;\n`,
  });
  expect((await foundAnew(shop, AT.queries)).join()).toContain(`parity/query-missing ${AT.queries}:4`);
  await shop.write({ [AT.queries]: SHOP.queries });
  expect(await foundAnew(shop)).toEqual(first);
});

it('follows the layout of a schema', async () => {
  await found(shop);
  await shop.write({ [AT.postgres]: SHOP.postgres.replace('    null = false', '  null=false') });
  const unformatted = await foundAnew(shop, AT.postgres);
  expect(unformatted.map((line) => line.replace(/:\d+$/, ''))).toContain(`schema/unformatted ${AT.postgres}`);
  expect(await found(shop, AT.postgres)).toEqual(unformatted);
});

it('follows the counterpart in another dialect, though that is not judged', async () => {
  const postgres = ['--target', 'postgres', '--target', AT.sqlcPostgres];
  expect((await foundAnew(shop, ...postgres)).join()).not.toContain('parity/');
  await shop.write({ [AT.mysqlQueries]: SHOP.mysqlQueries.replace('id = ?', 'id = ? AND status = ?') });
  expect((await foundAnew(shop, ...postgres)).join()).toContain('parity/query-parameters');
});

it('follows the options of a rule', async () => {
  expect((await foundAnew(shop)).join()).not.toContain('query/naming');
  await shop.write({ 'dbcheck.config.yaml': 'rules: {query/naming: [warning, {pattern: "^Shop"}]}\n' });
  await shop.git('add', '--all');
  expect((await foundAnew(shop)).join()).toContain('query/naming');
});

it('reads a file anew that a parser could not read', async () => {
  await shop.write({ [AT.queries]: '-- name: Broken :one\nSELEC 1;\n' });
  const broken = await foundAnew(shop);
  expect(broken.join()).toContain('query/invalid');
  expect(await found(shop)).toEqual(broken);
});

it.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  ['altered', (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('orders', 'others'), 'latin1')],
])('reads all anew where entries are %s', async (_, damage) => {
  const first = await found(shop);
  const names = await readdir(store());
  for (const name of names) {
    const path = join(store(), name);
    await writeFile(path, damage(await readFile(path)));
  }
  expect(await foundAnew(shop)).toEqual(first);
  expect((await readdir(store())).toSorted()).toEqual(names.toSorted());
});

it('takes no entry for that of another configuration', async () => {
  const first = await found(shop);
  const [one = '', other = ''] = await readdir(store());
  await writeFile(join(store(), one), await readFile(join(store(), other)));
  expect(await foundAnew(shop)).toEqual(first);
});

it('takes nothing and leaves nothing with --no-cache', async () => {
  await found(shop, '--no-cache');
  expect(await kept()).toEqual([]);
});
