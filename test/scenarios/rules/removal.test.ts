import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, PATHS, type Shop, SQLC_CONFIG } from '../shop.ts';
import {
  dropStock,
  edit,
  expectClean,
  fixStaged,
  ITEM_CODE,
  MODELS,
  placeOf,
  play,
  QUERIER,
  restore,
  type Scenario,
  STOCK_BASELINE,
  STOCK_SUM,
  stage,
} from './scenario.ts';
import { BASELINE } from './shop-dialect.ts';

const CODE = ['db.go', 'items.sql.go', 'models.go', 'orders.sql.go', 'querier.go'].map(
  (name) => `${PATHS.store}/${name}`,
);

const PAY_HCL = 'tools/atlas/schemas/postgres/pay.hcl';
const PAY_MIGRATIONS = 'tools/atlas/migrations/postgres/pay';
const PAY_SCHEMA = 'tools/sqlc/schemas/postgres/pay.sql';
const PAY = {
  [PAY_HCL]: `schema "public" {
}

table "payments" {
  schema = schema.public
  column "id" {
    type = bigint
  }
  primary_key {
    columns = [column.id]
  }
}
`,
  'tools/sqlc/queries/postgres/pay.sql': '-- name: GetPayment :one\nSELECT id FROM payments WHERE id = $1;\n',
  [PATHS.sqlcConfig]: SQLC_CONFIG.replace(
    '      - schemas/postgres/stock.sql\n',
    '      - schemas/postgres/stock.sql\n      - schemas/postgres/pay.sql\n',
  ),
};

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'generated/orphan: the configuration is deleted and its code stays',
    violate: async (shop) => {
      await stage(shop, { [PATHS.sqlcConfig]: null });
      // What one package saw once, each database now has for itself.
      expect(await fixStaged(shop)).toContain(`wrote ${PATHS.stockSchema} (staged)`);
      await restore(shop, PATHS.store);
    },
    rule: 'generated/orphan',
    target: PATHS.sqlcConfig,
    at: CODE,
    because: /the configuration tools\/sqlc\/sqlc_postgres\.yml is gone/,
    diff: null,
    mend: 'as told',
    holds: { [MODELS]: null, [PATHS.stockSchema]: 'CREATE TABLE "regions"' },
  },
];

describe('a commit that takes a target out or brings one in', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));

  it('passes where a database goes with everything that was made of it', async () => {
    const copy = await copyOf(shop);
    await dropStock(copy);
    const fixed = await fixStaged(copy);
    for (const path of [STOCK_BASELINE, STOCK_SUM, PATHS.stockSchema, ITEM_CODE])
      expect(fixed).toContain(`deleted ${path} (staged)`);
    const report = await copy.staged();
    expect(report).toMatchObject({ outcome: 'clean', diagnostics: [] });
    expect(report.checked).toContainEqual({ target: 'postgres/stock', steps: [], outputs: 0, through: null });
    const passed = await copy.commitStaged();
    expect(passed.exitCode).toBe(0);
    expect(passed.stderr).toContain('postgres/stock, removed');
    await expectClean(copy, { [STOCK_BASELINE]: null, [ITEM_CODE]: null });
    await copy.remove();
  });

  it('passes where the last target goes, and has nothing to check from then on', async () => {
    const copy = await copyOf(shop);
    await copy.git('rm', '--quiet', '-r', 'tools/atlas', 'tools/sqlc', PATHS.store);
    const report = await copy.staged();
    expect(report).toMatchObject({ outcome: 'clean', diagnostics: [], errors: [] });
    expect(report.checked.map(({ target }) => target)).toEqual([
      'postgres/orders',
      'postgres/stock',
      PATHS.sqlcConfig,
    ]);
    const passed = await copy.commitStaged();
    expect(passed.exitCode).toBe(0);
    expect(passed.stderr).toContain('postgres/orders, removed');
    const { stdout } = expectExit(await copy.dbcheck(['check', '--format', 'json']), 2);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: 'no-target' }] });
    await copy.remove();
  });

  it('is refused where the schema goes and its outputs stay, and mended by fix and by hand', async () => {
    const copy = await copyOf(shop);
    await copy.git('rm', '--quiet', PATHS.stockHcl);
    const report = await copy.staged();
    const found = report.diagnostics.map((finding) => `${finding.rule} ${placeOf(finding)}`);
    expect(found).toContain(`migration/orphan ${STOCK_BASELINE}`);
    expect(found).toContain(`migration/orphan ${STOCK_SUM}`);
    expect(found).toContain(`generated/orphan ${PATHS.stockSchema}`);
    const refused = await copy.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error[migration/orphan]');

    // The configuration still reads the schema that is gone, and its queries still ask for the tables.
    await fixStaged(copy, 1);
    expect(await copy.git('ls-files', PATHS.stockMigrations, PATHS.stockSchema)).toBe('');
    const left = await copy.staged();
    expect(left.outcome).toBe('findings');
    expect(left.diagnostics).toMatchObject([
      {
        rule: 'query/invalid',
        target: PATHS.sqlcConfig,
        // The entry that reads it.
        location: { path: PATHS.sqlcConfig, line: 11, column: 9 },
        because: 'while a configuration names what is not there, sqlc makes nothing of it',
        fix: 'give it what it names, or take that out of it',
      },
    ]);

    await stage(copy, { [PATHS.itemQueries]: null });
    await edit(copy, PATHS.sqlcConfig, '      - schemas/postgres/stock.sql\n', '');
    await fixStaged(copy);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, { [PATHS.stockSchema]: null });
    await copy.remove();
  });

  it('is refused where a new database comes without its outputs, and fix makes all of them', async () => {
    const copy = await copyOf(shop);
    await stage(copy, PAY);
    const report = await copy.staged();
    const tell = (folded: boolean) =>
      report.diagnostics
        .filter((finding) => finding.folded === folded)
        .map((finding) => `${finding.rule} ${placeOf(finding)}`);
    expect(tell(false)).toEqual([
      `migration/missing ${PAY_MIGRATIONS}/${BASELINE}`,
      `migration/missing ${PAY_MIGRATIONS}/atlas.sum`,
      `generated/missing ${PAY_SCHEMA}`,
      `generated/missing ${PATHS.store}/pay.sql.go`,
    ]);
    expect(tell(true).map((text) => text.replace(/:\d+:\d+$/, ''))).toEqual([
      `generated/stale ${MODELS}`,
      `generated/stale ${QUERIER}`,
    ]);
    expect((await copy.commitStaged()).exitCode).toBe(1);
    await fixStaged(copy);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, {
      [`${PAY_MIGRATIONS}/${BASELINE}`]: 'CREATE TABLE "payments"',
      [PAY_SCHEMA]: 'CREATE TABLE "payments"',
      [`${PATHS.store}/pay.sql.go`]: 'func (q *Queries) GetPayment',
    });
    await copy.remove();
  });
});
