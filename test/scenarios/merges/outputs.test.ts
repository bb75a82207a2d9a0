import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  expectClean,
  MODELS,
  ORDER_CODE,
  ORDERS_BASELINE,
  ORDERS_SUM,
  STOCK_BASELINE,
} from '../rules/scenario.ts';
import { copyOf, expectExit, freshShop, PATHS, type Report, type Shop } from '../shop.ts';
import {
  commitEdit,
  diverged,
  expectOnlyOutputs,
  goOn,
  NULLABLE_REGION,
  NULLABLE_STATUS,
  resolve,
  stopsAtConflicts,
  unmerged,
} from './merging.ts';

const OUTPUTS = [ORDERS_BASELINE, ORDERS_SUM, PATHS.ordersSchema, MODELS];
const BOTH = {
  [ORDERS_BASELINE]: '"status" character varying(32) NULL,\n  "region_id" bigint NULL',
  [MODELS]: 'Status   pgtype.Text',
};

let fresh: Shop;
let apart: Shop;
beforeAll(async () => {
  fresh = await freshShop();
  apart = await diverged(
    fresh,
    (shop) => commitEdit(shop, NULLABLE_STATUS),
    (shop) => commitEdit(shop, NULLABLE_REGION),
  );
});
afterAll(async () => {
  await fresh.remove();
  await apart.remove();
});

async function apartCopy(settings: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const shop = await copyOf(apart);
  onTestFinished(() => shop.remove());
  for (const [key, value] of Object.entries(settings)) await shop.git('config', key, value);
  return shop;
}

describe('two edits of one schema that meet in what is generated', () => {
  test('are merged', async () => {
    const shop = await apartCopy();
    const paths = await stopsAtConflicts(shop, 'merge', 'side');
    expect(new Set(paths)).toEqual(new Set(OUTPUTS));
    await expectOnlyOutputs(shop, paths);
    const said = await resolve(shop);
    for (const path of OUTPUTS) expect(said).toContain(`wrote ${path} (staged)`);
    await goOn(shop, 'merge');
    expect(await shop.git('rev-parse', 'HEAD^2')).toBe(await shop.git('rev-parse', 'side'));
    await expectClean(shop, BOTH);
  });

  test('are merged in the middle of a rebase, whose style shows the base as well', async () => {
    const shop = await apartCopy({ 'merge.conflictStyle': 'diff3' });
    await shop.git('switch', '--quiet', 'side');
    await expectOnlyOutputs(shop, await stopsAtConflicts(shop, 'rebase', 'main'));
    await resolve(shop);
    await goOn(shop, 'rebase');
    expect(await shop.git('rev-parse', 'HEAD^')).toBe(await shop.git('rev-parse', 'main'));
    await expectClean(shop, BOTH);
  });

  test('are picked, and one of them is reverted again', async () => {
    const shop = await apartCopy({ 'merge.conflictStyle': 'zdiff3' });
    await expectOnlyOutputs(shop, await stopsAtConflicts(shop, 'cherry-pick', 'side'));
    await resolve(shop);
    await goOn(shop, 'cherry-pick');
    await expectClean(shop, BOTH);
    await expectOnlyOutputs(shop, await stopsAtConflicts(shop, 'revert', '--no-edit', 'HEAD^'));
    await resolve(shop);
    await goOn(shop, 'revert');
    expect(await shop.git('rev-parse', 'HEAD^{tree}')).toBe(await shop.git('rev-parse', 'side^{tree}'));
    await expectClean(shop);
  });
});

test('an output that equals one side is resolved as well', async () => {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  // Nobody's sources change: two commits that no hook saw edit the same line of an output.
  await shop.git('branch', 'side');
  const text = (await shop.read(ORDER_CODE)).toString();
  await shop.commit({ [ORDER_CODE]: text.replace('package store', 'package mine') });
  await shop.git('switch', '--quiet', 'side');
  await shop.commit({ [ORDER_CODE]: text.replace('package store', 'package yours') });
  await shop.commit({ [ORDER_CODE]: text });
  await shop.git('switch', '--quiet', 'main');
  await shop.commit({ [ORDER_CODE]: text });
  // The sides agree by now; a pick of the edit alone does not.
  await shop.write({ [ORDER_CODE]: text.replace('package store', 'package ours') });
  await shop.commit();
  await stopsAtConflicts(shop, 'cherry-pick', 'side^');
  await resolve(shop);
  expect((await shop.read(ORDER_CODE)).toString()).toBe(text);
});

test('what is typed into a file in conflict stays on disk, and what belongs into the index is staged', async () => {
  const shop = await apartCopy();
  await stopsAtConflicts(shop, 'merge', 'side');
  const mine = `${(await shop.read(PATHS.ordersSchema)).toString()}-- typed into it\n`;
  await shop.write({ [PATHS.ordersSchema]: mine, [MODELS]: null });
  const said = expectExit(await shop.dbcheck(['fix', '--stage']), 0).stdout;
  expect(said).toContain(`left ${PATHS.ordersSchema} on disk as it is: it has edits that are not staged`);
  expect((await shop.read(PATHS.ordersSchema)).toString()).toBe(mine);
  expect(await unmerged(shop)).toEqual([]);
  expect(await shop.git('diff', '--name-only')).toBe(PATHS.ordersSchema);
  await goOn(shop, 'merge');
  expectExit(await shop.dbcheck(['check']), 0);
});

test('while a schema is in conflict nothing is made, and once it is resolved everything is', async () => {
  const shop = await diverged(
    fresh,
    (copy) => commitEdit(copy, ['varchar(16)', 'varchar(32)']),
    (copy) => commitEdit(copy, ['varchar(16)', 'varchar(64)']),
  );
  onTestFinished(() => shop.remove());
  const paths = await stopsAtConflicts(shop, 'merge', 'side');
  expect(paths).toContain(PATHS.ordersHcl);
  const index = await shop.git('ls-files', '--stage');
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage', '--format', 'json']), 2);
  const report: Report = JSON.parse(stdout);
  expect(report.errors).toMatchObject([
    {
      code: 'index-unmerged',
      location: { path: PATHS.ordersHcl },
      hint: expect.stringMatching(/git add -- PATHS; .*dbcheck fix --stage$/),
    },
  ]);
  expect(report.errors[0]?.message.split('\n').slice(1)).toEqual([`  ${PATHS.ordersHcl}`]);
  expect(await shop.git('ls-files', '--stage')).toBe(index);

  await shop.git('checkout', '--theirs', '--', PATHS.ordersHcl);
  await shop.git('add', PATHS.ordersHcl);
  await expectOnlyOutputs(shop, await unmerged(shop));
  await resolve(shop);
  await goOn(shop, 'merge');
  expect(await shop.git('rev-parse', 'HEAD^{tree}')).toBe(await shop.git('rev-parse', 'side^{tree}'));
});

test("people's own conflicts are left alone, and named", async () => {
  const shop = await apartWithPackages();
  onTestFinished(() => shop.remove());
  await stopsAtConflicts(shop, 'merge', 'side');
  const rendered = await shop.read('package.json');
  expect((await shop.dbcheck(['staged'])).stdout).toMatch(
    /fix --stage; resolve and stage the others: git add/,
  );
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expect(stdout).toContain('left package.json in conflict: resolve it, then git add :/package.json\n');
  expect(await unmerged(shop)).toEqual(['package.json']);
  expect(await shop.read('package.json')).toEqual(rendered);
  expect((await shop.tryGit(['commit', '--no-edit'])).exitCode).not.toBe(0);
  await shop.write({ 'package.json': '{}\n' });
  await shop.git('add', 'package.json');
  await goOn(shop, 'merge');
  await expectClean(shop, BOTH);
});

test('outputs that can not be made are left for the next run, not for a hand', async () => {
  const shop = await apartCopy();
  await stopsAtConflicts(shop, 'merge', 'side');
  const right = await shop.read(PATHS.ordersHcl);
  await shop.write({ [PATHS.ordersHcl]: `${right}table "half" {\n` });
  await shop.git('add', PATHS.ordersHcl);
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage']), 1);
  for (const path of [ORDERS_BASELINE, ORDERS_SUM]) {
    expect(stdout).toContain(
      `left ${path} in conflict: it is generated: mend what is named below, then run this again\n`,
    );
  }
  expect(stdout).not.toContain('resolve it');
  await shop.write({ [PATHS.ordersHcl]: right.toString() });
  await shop.git('add', PATHS.ordersHcl);
  await resolve(shop);
  await goOn(shop, 'merge');
});

/** The diverged shop with a file of people's that differs too. */
async function apartWithPackages(): Promise<Shop> {
  const shop = await copyOf(apart);
  const packageOf = (version: string) => ({
    'package.json': `{"devDependencies":{"dbcheck":"${version}"}}\n`,
  });
  await shop.commit(packageOf('1.0.0'));
  await shop.git('switch', '--quiet', 'side');
  await shop.commit(packageOf('2.0.0'));
  await shop.git('switch', '--quiet', 'main');
  return shop;
}

describe('two baselines with different names', () => {
  const first = `${PATHS.stockMigrations}/20240101000000_stock.sql`;
  const second = `${PATHS.stockMigrations}/20240202000000_stock.sql`;

  test("of a common one, renamed on both sides, end as HEAD's", async () => {
    const renamed = (to: string) => async (shop: Shop) => {
      await shop.git('mv', STOCK_BASELINE, to);
      expectExit(await shop.dbcheck(['fix', '--stage']), 0);
      await shop.git('commit', '--quiet', '-m', 'Rename');
    };
    const shop = await diverged(fresh, renamed(second), renamed(first));
    onTestFinished(() => shop.remove());
    const paths = await stopsAtConflicts(shop, 'merge', 'side');
    expect(paths).toEqual(expect.arrayContaining([STOCK_BASELINE, first, second]));
    await resolve(shop);
    await goOn(shop, 'merge');
    await expectClean(shop, { [second]: '"items"' });
    expect(await shop.git('ls-files', PATHS.stockMigrations)).toBe(
      `${second}\n${PATHS.stockMigrations}/atlas.sum`,
    );
  });

  test("of no common one end as HEAD's", async () => {
    const sum = `${PATHS.stockMigrations}/atlas.sum`;
    const bare = await copyOf(fresh);
    onTestFinished(() => bare.remove());
    const sql = (await bare.read(STOCK_BASELINE)).toString();
    await bare.commit({ [STOCK_BASELINE]: null, [sum]: null });
    const named = (path: string) => async (shop: Shop) => {
      await shop.write({ [path]: sql });
      await shop.git('add', '--all');
      expectExit(await shop.dbcheck(['fix', '--stage']), 0);
      await shop.git('commit', '--quiet', '-m', 'Add');
    };
    const shop = await diverged(bare, named(second), named(first));
    onTestFinished(() => shop.remove());
    expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([sum]);
    await expectOnlyOutputs(shop, [sum]);
    expect(await resolve(shop)).toContain(`deleted ${first} (staged)`);
    await goOn(shop, 'merge');
    await expectClean(shop, { [second]: '"items"', [first]: null });
  });
});

test('a merge that is clean in text and stale in fact is refused, mended and concluded', async () => {
  const refunds = `${PATHS.orderQueries.replace('orders.sql', 'refunds.sql')}`;
  const shop = await diverged(
    fresh,
    (copy) => commitEdit(copy, NULLABLE_REGION),
    async (copy) => {
      await copy.write({
        [refunds]: '-- name: CountByRegion :one\nSELECT count(*) FROM orders WHERE region_id = $1;\n',
      });
      await copy.git('add', '--all');
      expectExit(await copy.dbcheck(['fix', '--stage']), 0);
      await copy.git('commit', '--quiet', '-m', 'Count');
    },
  );
  onTestFinished(() => shop.remove());
  const head = await shop.git('rev-parse', 'HEAD');
  const merged = await shop.tryGit(['merge', '--no-edit', 'side']);
  expect(merged.stdout.toString()).not.toContain('CONFLICT');
  expect(merged.stderr).toContain('error[generated/stale]');
  expect(merged.exitCode).not.toBe(0);
  expect(await shop.git('rev-parse', 'HEAD')).toBe(head);
  await resolve(shop);
  await goOn(shop, 'merge');
  await expectClean(shop, { [`${PATHS.store}/refunds.sql.go`]: 'regionID pgtype.Int8' });
});
