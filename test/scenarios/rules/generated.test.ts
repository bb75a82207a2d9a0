import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';
import {
  dropStock,
  edit,
  expectClean,
  fixStaged,
  ITEM_CODE,
  MODELS,
  ORDER_CODE,
  play,
  QUERIER,
  restore,
  rulesOf,
  type Scenario,
  stage,
} from './scenario.ts';

const DB = `${PATHS.store}/db.go`;
const CODE = [DB, ITEM_CODE, MODELS, ORDER_CODE, QUERIER];
const OLD_CODE = 'internal/old/db.go';

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'generated/stale: the sqlc schema is left as it was',
    violate: async (shop) => {
      await edit(shop, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)');
      await fixStaged(shop);
      await restore(shop, PATHS.ordersSchema);
    },
    rule: 'generated/stale',
    target: 'postgres/orders',
    at: `${PATHS.ordersSchema}:17:1`,
    because: /orders\.hcl changed; this file did not/,
    diff: /^\+.*varying\(32\)/m,
    mend: 'as told',
    holds: { [PATHS.ordersSchema]: 'varying(32)' },
  },
  {
    name: 'generated/stale: a query changes and its code does not',
    violate: (shop) => edit(shop, PATHS.orderQueries, 'ORDER BY id', 'ORDER BY id DESC'),
    rule: 'generated/stale',
    target: PATHS.sqlcConfig,
    at: `${ORDER_CODE}:29:1`,
    because: /queries\/postgres\/orders\.sql changed; this file did not/,
    diff: /^\+.*ORDER BY id DESC/m,
    mend: 'as told',
    holds: { [ORDER_CODE]: 'ORDER BY id DESC' },
  },
  {
    name: 'generated/stale: a query is deleted and its code stays',
    violate: (shop) =>
      edit(
        shop,
        PATHS.orderQueries,
        '-- name: ListOrders :many\nSELECT id, status FROM orders WHERE status = $1 ORDER BY id;\n',
        '',
      ),
    rule: 'generated/stale',
    target: PATHS.sqlcConfig,
    at: `${ORDER_CODE}:27:1`,
    because: /queries\/postgres\/orders\.sql changed; this file did not/,
    diff: /^-const listOrders/m,
    folded: [`generated/stale ${QUERIER}:15:1`],
    mend: 'as told',
  },
  {
    name: 'generated/missing: the sqlc schema is deleted',
    violate: (shop) => stage(shop, { [PATHS.stockSchema]: null }),
    rule: 'generated/missing',
    target: 'postgres/stock',
    at: PATHS.stockSchema,
    because: /it was deleted, and the replay of the migrations still makes it/,
    diff: null,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/missing: one Go file is deleted',
    violate: (shop) => stage(shop, { [MODELS]: null }),
    rule: 'generated/missing',
    target: PATHS.sqlcConfig,
    at: MODELS,
    because: /it was deleted, and sqlc still makes it/,
    diff: null,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/missing: the whole Go package is deleted',
    violate: async (shop) => {
      await shop.git('rm', '--quiet', '-r', PATHS.store);
    },
    rule: 'generated/missing',
    target: PATHS.sqlcConfig,
    at: CODE,
    because: /it was deleted, and sqlc still makes it/,
    diff: null,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/missing: a new query file whose code is not added',
    violate: (shop) =>
      stage(shop, { 'tools/sqlc/queries/postgres/regions.sql': '-- name: Ping :one\nSELECT 1::int;\n' }),
    rule: 'generated/missing',
    target: PATHS.sqlcConfig,
    at: `${PATHS.store}/regions.sql.go`,
    because: /sqlc makes it, and it was never added/,
    diff: null,
    folded: [`generated/stale ${QUERIER}:16:1`],
    mend: 'as told',
    holds: { [`${PATHS.store}/regions.sql.go`]: 'func (q *Queries) Ping' },
  },
  {
    name: 'generated/orphan: the schema goes and its sqlc schema stays',
    violate: async (shop) => {
      await dropStock(shop);
      await fixStaged(shop);
      await restore(shop, PATHS.stockSchema);
    },
    rule: 'generated/orphan',
    target: 'postgres/stock',
    at: PATHS.stockSchema,
    because: /no HCL file of postgres\/stock/,
    diff: null,
    mend: 'as told',
    holds: { [PATHS.stockSchema]: null },
  },
  {
    name: 'generated/orphan: a query file is deleted and its code stays',
    violate: (shop) => stage(shop, { [PATHS.itemQueries]: null }),
    rule: 'generated/orphan',
    target: PATHS.sqlcConfig,
    at: ITEM_CODE,
    because: /sqlc no longer makes it/,
    diff: null,
    folded: [`generated/stale ${QUERIER}:12:1`],
    mend: 'as told',
    holds: { [ITEM_CODE]: null },
  },
  {
    name: 'generated/hand-edited: the sqlc schema',
    violate: (shop) => edit(shop, PATHS.stockSchema, 'DEFAULT 0', 'DEFAULT 1'),
    rule: 'generated/hand-edited',
    target: 'postgres/stock',
    at: `${PATHS.stockSchema}:5:1`,
    because: /the replay of the migrations still makes what HEAD has/,
    diff: /^-.*DEFAULT 1/m,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/hand-edited: Go code',
    violate: (shop) => edit(shop, ORDER_CODE, 'defer rows.Close()', '_ = rows'),
    rule: 'generated/hand-edited',
    target: PATHS.sqlcConfig,
    at: `${ORDER_CODE}:42:1`,
    because: /sqlc still makes what HEAD has; the next regeneration would lose the edit/,
    diff: /^\+.*defer rows\.Close\(\)/m,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/tool-version: code of another sqlc, equal but for its header',
    violate: async (shop) => {
      for (const path of CODE) await edit(shop, path, 'sqlc v1.31.1', 'sqlc v1.30.0');
    },
    rule: 'generated/tool-version',
    target: PATHS.sqlcConfig,
    at: `${DB}:3:1`,
    because: /sqlc v1\.30\.0, and the pinned sqlc is v1\.31\.1/,
    diff: null,
    folded: CODE.map((path) => `generated/stale ${path}:3:1`),
    mend: 'as told',
    restores: true,
  },
  {
    name: 'generated/tool-version: HEAD has code of another sqlc already',
    violate: async (shop) => {
      for (const path of CODE) await edit(shop, path, 'sqlc v1.31.1', 'sqlc v1.30.0');
      await shop.git('commit', '--quiet', '--no-verify', '-m', 'Generate with another sqlc');
      await edit(shop, PATHS.orderQueries, 'ORDER BY id', 'ORDER BY id DESC');
    },
    rule: 'generated/tool-version',
    target: PATHS.sqlcConfig,
    at: `${DB}:3:1`,
    because: /sqlc v1\.30\.0, and the pinned sqlc is v1\.31\.1/,
    diff: null,
    folded: CODE.map((path) => `generated/stale ${path}:3:1`),
    mend: 'as told',
    holds: { [ORDER_CODE]: 'ORDER BY id DESC', [DB]: 'sqlc v1.31.1' },
  },
];

describe('a commit with generated files that are not what the steps make', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));

  it('generated/unclaimed: lets the commit pass, and says so', async () => {
    const copy = await copyOf(shop);
    const code = (await copy.read(DB)).toString();
    await stage(copy, { [OLD_CODE]: code, [PATHS.ordersHcl]: `# Orders and where they go.\n${ORDERS_HCL}` });
    const report = await copy.staged();
    expect(report).toMatchObject({ outcome: 'clean', errors: [] });
    expect(report.diagnostics).toMatchObject([
      {
        rule: 'generated/unclaimed',
        severity: 'warning',
        location: { path: OLD_CODE, line: null, column: null },
        folded: false,
        diff: null,
      },
    ]);
    const passed = await copy.commitStaged();
    expect(passed.exitCode).toBe(0);
    expect(rulesOf(passed.stderr)).toEqual(new Set(['generated/unclaimed']));
    expect(passed.stderr).toContain(`warning[generated/unclaimed]: `);
    expect(passed.stderr).toContain(OLD_CODE);

    // It is never touched.
    const checked = expectExit(await copy.dbcheck(['check']), 0);
    expect(checked.stdout).toContain('warning[generated/unclaimed]');
    expectExit(await copy.dbcheck(['fix']), 0);
    expect(await copy.git('status', '--porcelain')).toBe('');
    await copy.git('rm', '--quiet', OLD_CODE);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, { [OLD_CODE]: null });
    await copy.remove();
  });
});
