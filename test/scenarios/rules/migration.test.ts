import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, freshShop, PATHS, type Shop } from '../shop.ts';
import {
  BASELINE,
  dropStock,
  edit,
  fixStaged,
  MODELS,
  ORDERS_BASELINE,
  ORDERS_SUM,
  play,
  restore,
  type Scenario,
  STOCK_BASELINE,
  STOCK_SUM,
  stage,
} from './scenario.ts';

const SECOND = `${PATHS.ordersMigrations}/20240101000000_add_note.sql`;
const OLDER = `${PATHS.ordersMigrations}/00000000000000_a.sql`;
const ARCHIVED = `${PATHS.ordersMigrations}/archive/20230101000000_first.sql`;
const STOCK_NOTES = `${PATHS.stockMigrations}/notes.md`;
const NOTES = `${PATHS.ordersMigrations}/notes.md`;

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'migration/stale: the schema changes and its baseline does not',
    violate: (shop) => edit(shop, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)'),
    rule: 'migration/stale',
    target: 'postgres/orders',
    at: `${ORDERS_BASELINE}:17:1`,
    because: /orders\.hcl changed; this file did not/,
    diff: /^-.*varying\(16\).*\n\+.*varying\(32\)/m,
    folded: [`migration/checksum-mismatch ${ORDERS_SUM}:1:1`, `generated/stale ${PATHS.ordersSchema}:17:1`],
    mend: 'as told',
    holds: { [ORDERS_BASELINE]: 'varying(32)', [PATHS.ordersSchema]: 'varying(32)' },
  },
  {
    name: 'migration/stale: the Go code follows the schema too',
    violate: (shop) => edit(shop, PATHS.stockHcl, 'type    = integer', 'type    = bigint'),
    rule: 'migration/stale',
    target: 'postgres/stock',
    at: `${STOCK_BASELINE}:7:1`,
    because: /stock\.hcl changed; this file did not/,
    diff: /^\+ {2}"amount" bigint/m,
    folded: [
      `migration/checksum-mismatch ${STOCK_SUM}:1:1`,
      `generated/stale ${PATHS.stockSchema}:5:1`,
      `generated/stale ${MODELS}:60:1`,
    ],
    mend: 'as told',
    holds: { [STOCK_BASELINE]: '"amount" bigint', [MODELS]: 'Amount int64' },
  },
  {
    name: 'migration/stale: the baseline is edited by hand',
    violate: (shop) => edit(shop, ORDERS_BASELINE, 'varying(16)', 'varying(99)'),
    rule: 'migration/stale',
    target: 'postgres/orders',
    at: `${ORDERS_BASELINE}:17:1`,
    because: /edited by hand/,
    diff: /^-.*varying\(99\)/m,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'migration/missing: the baseline is deleted',
    violate: (shop) => stage(shop, { [ORDERS_BASELINE]: null }),
    rule: 'migration/missing',
    target: 'postgres/orders',
    at: ORDERS_BASELINE,
    because: /deleted while its schema stayed/,
    diff: null,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'migration/missing: the checksums are deleted',
    violate: (shop) => stage(shop, { [STOCK_SUM]: null }),
    rule: 'migration/missing',
    target: 'postgres/stock',
    at: STOCK_SUM,
    because: /deleted while its schema stayed/,
    diff: null,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'migration/multiple-baselines: a second migration, with the checksums that fit it',
    violate: async (shop) => {
      const sum = (await shop.read(ORDERS_SUM)).toString();
      await stage(shop, {
        [SECOND]: 'ALTER TABLE "orders" ADD COLUMN "note" text;\n',
        [ORDERS_SUM]: `${sum}20240101000000_add_note.sql h1:0000000000000000000000000000000000000000000=\n`,
      });
    },
    rule: 'migration/multiple-baselines',
    target: 'postgres/orders',
    at: SECOND,
    because: /initial_schema\.sql is kept: it is in HEAD/,
    diff: null,
    folded: [`migration/checksum-mismatch ${ORDERS_SUM}:3:1`],
    mend: 'as told',
    restores: true,
  },
  {
    name: 'migration/multiple-baselines: one that sorts before the one in HEAD',
    violate: (shop) => stage(shop, { [OLDER]: 'SELECT 1;\n' }),
    rule: 'migration/multiple-baselines',
    target: 'postgres/orders',
    at: OLDER,
    because: /initial_schema\.sql is kept: it is in HEAD/,
    diff: null,
    mend: 'as told',
    restores: true,
    holds: { [OLDER]: null },
  },
  {
    name: 'migration/checksum-mismatch: the checksums are edited alone',
    violate: async (shop) => {
      const [first = ''] = (await shop.read(ORDERS_SUM)).toString().split('\n');
      await stage(shop, {
        [ORDERS_SUM]: `${first}\n${BASELINE} h1:0000000000000000000000000000000000000000000=\n`,
      });
    },
    rule: 'migration/checksum-mismatch',
    target: 'postgres/orders',
    at: `${ORDERS_SUM}:2:1`,
    because: /does not fit the migrations beside it/,
    diff: /^-.*h1:0{43}=/m,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'migration/unexpected-file: a file that is no migration',
    violate: (shop) => stage(shop, { [NOTES]: 'why it is so\n' }),
    rule: 'migration/unexpected-file',
    target: 'postgres/orders',
    at: NOTES,
    because: /only one \.sql file and atlas\.sum/,
    diff: null,
    mend: async (shop) => {
      // Whatever dbcheck did not make is not its to delete.
      expect(await fixStaged(shop, 1)).toContain('migration/unexpected-file');
      expect((await shop.read(NOTES)).toString()).toBe('why it is so\n');
      await shop.git('mv', NOTES, 'notes.md');
    },
    holds: { [NOTES]: null, 'notes.md': 'why it is so' },
  },
  {
    name: 'migration/unexpected-file: an old migration in a folder of its own',
    violate: (shop) => stage(shop, { [ARCHIVED]: 'SELECT 1;\n' }),
    rule: 'migration/unexpected-file',
    target: 'postgres/orders',
    at: ARCHIVED,
    because: /only one \.sql file and atlas\.sum/,
    diff: null,
    mend: async (shop) => {
      await fixStaged(shop, 1);
      expect(await shop.git('ls-files', ARCHIVED)).toBe(ARCHIVED);
      await shop.git('rm', '--quiet', '--force', ARCHIVED);
    },
    restores: true,
  },
  {
    name: 'migration/unexpected-file: a file that stays when the database goes',
    violate: async (shop) => {
      await stage(shop, { [STOCK_NOTES]: 'why it was so\n' });
      await dropStock(shop);
      await fixStaged(shop, 1);
    },
    rule: 'migration/unexpected-file',
    target: 'postgres/stock',
    at: STOCK_NOTES,
    because: /only one \.sql file and atlas\.sum/,
    diff: null,
    mend: async (shop) => {
      await shop.git('rm', '--quiet', '--force', STOCK_NOTES);
    },
    holds: { [STOCK_NOTES]: null, [STOCK_BASELINE]: null },
  },
  {
    name: 'migration/orphan: the schema goes and its migrations stay',
    violate: async (shop) => {
      await dropStock(shop);
      await fixStaged(shop);
      await restore(shop, STOCK_BASELINE, STOCK_SUM);
    },
    rule: 'migration/orphan',
    target: 'postgres/stock',
    at: [STOCK_BASELINE, STOCK_SUM],
    because: /no HCL file of postgres\/stock/,
    diff: null,
    mend: 'as told',
    holds: { [STOCK_BASELINE]: null, [STOCK_SUM]: null, [PATHS.stockSchema]: null, [PATHS.ordersSchema]: '' },
  },
  {
    name: 'migration/orphan: the schema is left without an object',
    violate: async (shop) => {
      await dropStock(shop);
      await stage(shop, { [PATHS.stockHcl]: 'schema "public" {\n}\n' });
      await fixStaged(shop);
      await restore(shop, STOCK_BASELINE, STOCK_SUM);
    },
    rule: 'migration/orphan',
    target: 'postgres/stock',
    at: [STOCK_BASELINE, STOCK_SUM],
    because: /its HCL defines no object/,
    diff: null,
    mend: 'as told',
    holds: { [STOCK_BASELINE]: null, [STOCK_SUM]: null, [PATHS.stockHcl]: 'schema' },
  },
];

describe('a commit with migrations that are not what the schema makes', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));

  it('keeps the oldest of several where HEAD has none', async () => {
    const copy = await copyOf(shop);
    await copy.git('rm', '--quiet', '-r', PATHS.ordersMigrations);
    await copy.git('commit', '--quiet', '--no-verify', '-m', 'Lose the migrations');
    await stage(copy, { [SECOND]: 'SELECT 1;\n', [OLDER]: 'SELECT 1;\n' });
    await fixStaged(copy);
    expect((await copy.git('ls-files', PATHS.ordersMigrations)).split('\n')).toEqual([OLDER, ORDERS_SUM]);
    expect((await copy.read(OLDER)).toString()).toContain('CREATE TABLE "orders"');
    await copy.remove();
  });
});
