import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edit, expectClean, fixStaged, placeOf, restore, stage } from '../rules/scenario.ts';
import { BASELINE, madePaths } from '../rules/shop-dialect.ts';
import { copyOf, expectExit, freshShop, PATHS, type Report, type Shop, SQLC_CONFIG } from '../shop.ts';
import { postgresAndSqliteSources, SQLITE_PATHS } from './sqlite-shop.ts';

const POSTGRES_CODE = madePaths(PATHS);
const SQLITE_CODE = madePaths(SQLITE_PATHS);
const OVERRIDE = 'tools/sqlc/schemas/sqlite/overrides/stock/items.ip.sql';

/** A column of a type that SQLite has no counterpart of. */
const WITH_ADDRESS = [
  '  column "amount" {',
  '  column "ip" {\n    null = true\n    type = inet\n  }\n  column "amount" {',
] as const;

function told(report: Report, folded: boolean): readonly string[] {
  return report.diagnostics
    .filter((finding) => finding.folded === folded)
    .map((finding) => `${finding.rule} ${finding.target} ${placeOf(finding)}`);
}

describe('a repository whose SQLite schemas are converted from the Postgres ones', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop(await postgresAndSqliteSources());
  });
  afterAll(() => shop.remove());

  it('plans the conversion after what it is made from, and takes its dialect for a target', async () => {
    const copy = await copyOf(shop);
    await edit(copy, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)');
    expect(expectExit(await copy.dbcheck(['plan']), 0).stdout).toBe(`postgres/orders: plan, extract
  source changed: ${PATHS.ordersHcl}
postgres/stock: plan, extract
  goes with postgres/orders, which is affected
sqlite/orders: convert
  goes with postgres/orders, which is affected
sqlite/stock: convert
  goes with postgres/stock, which is affected
${PATHS.sqlcConfig}: sqlc
  goes with postgres/orders, which is affected
${SQLITE_PATHS.sqlcConfig}: sqlc
  goes with sqlite/orders, which is affected
`);
    const { stdout } = expectExit(
      await copy.dbcheck(['staged', '--format', 'json', '--target', 'sqlite']),
      1,
    );
    const report: Report = JSON.parse(stdout);
    // With what they need and what reads them, but not the Postgres code.
    expect(report.checked.map(({ target, steps }) => [target, steps])).toEqual([
      ['postgres/orders', ['plan', 'extract']],
      ['postgres/stock', ['plan', 'extract']],
      ['sqlite/orders', ['convert']],
      ['sqlite/stock', ['convert']],
      [SQLITE_PATHS.sqlcConfig, ['sqlc']],
    ]);
    await copy.remove();
  });

  it('places a table that two converted schemas have differently in the schema that both are made from', async () => {
    const copy = await copyOf(shop);
    await edit(copy, PATHS.stockHcl, 'varchar(8)', 'varchar(9)');
    const places = (await copy.staged()).diagnostics
      .filter(({ rule }) => rule === 'parity/shared-object')
      .map((finding) => `${finding.target} ${placeOf(finding)}`);
    const [postgres = ''] = places;
    expect(postgres).toMatch(new RegExp(`^postgres/stock ${PATHS.stockHcl}:\\d+:1$`));
    expect(places).toEqual([postgres, postgres.replace('postgres/stock', 'sqlite/stock')]);
    await copy.remove();
  });

  it('follows a change of the Postgres schema through all dialects, under one finding', async () => {
    const copy = await copyOf(shop);
    await edit(copy, PATHS.stockHcl, 'type    = integer', 'type    = bigint');
    const report = await copy.staged();
    expect(told(report, false)).toEqual([
      `migration/stale postgres/stock ${POSTGRES_CODE.stockBaseline}:7:1`,
    ]);
    expect(told(report, true)).toEqual([
      `migration/checksum-mismatch postgres/stock ${POSTGRES_CODE.stockSum}:1:1`,
      `generated/stale postgres/stock ${PATHS.stockSchema}:5:1`,
      `generated/stale sqlite/stock ${SQLITE_PATHS.stockSchema}:5:1`,
      `generated/stale ${PATHS.sqlcConfig} ${POSTGRES_CODE.models}:60:1`,
    ]);
    await fixStaged(copy);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, {
      [SQLITE_PATHS.stockSchema]: 'amount BIGINT',
      [POSTGRES_CODE.models]: 'Amount int64',
    });
    await copy.remove();
  });

  it('is refused for what SQLite lacks, until a file of its own stands in its place', async () => {
    const copy = await copyOf(shop);
    await edit(copy, PATHS.stockHcl, ...WITH_ADDRESS);
    await fixStaged(copy, 1);
    const report = await copy.staged();
    expect(told(report, false)).toEqual([`schema/invalid sqlite/stock ${PATHS.stockHcl}:15:3`]);
    expect(told(report, true)).toEqual([]);
    const [finding] = report.diagnostics;
    expect(finding?.message).toContain(OVERRIDE);
    const refused = await copy.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error[schema/invalid]');
    expect(refused.stderr).toContain(OVERRIDE);

    await stage(copy, { [OVERRIDE]: '-- as text\nip TEXT\n' });
    await fixStaged(copy);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, { [SQLITE_PATHS.stockSchema]: 'ip TEXT' });

    // The conversion reads it, so it is judged like any other source.
    await edit(copy, OVERRIDE, 'ip TEXT', 'ip BLOB');
    expect(told(await copy.staged(), false)).toEqual([
      `generated/stale sqlite/stock ${SQLITE_PATHS.stockSchema}:6:1`,
    ]);
    await copy.remove();
  });

  it('lets sqlc refuse what people wrote, though SQLite takes it and the code would be the same', async () => {
    const copy = await copyOf(shop);
    const written = 'tools/sqlc/schemas/sqlite/overrides/stock/items.amount.sql';
    await stage(copy, {
      [written]: 'amount INTEGER NOT NULL CHECK (amount IS NOT DISTINCT FROM abs(amount))\n',
    });
    const report = await copy.staged();
    expect(report.diagnostics.filter(({ target }) => target === SQLITE_PATHS.sqlcConfig)).toMatchObject([
      { rule: 'schema/invalid', location: { path: SQLITE_PATHS.stockSchema } },
    ]);
    await copy.remove();
  });

  it('is refused where a Postgres database goes and its SQLite one stays, and passes without both', async () => {
    const copy = await copyOf(shop);
    await stage(copy, {
      [PATHS.stockHcl]: null,
      [PATHS.itemQueries]: null,
      [SQLITE_PATHS.itemQueries]: null,
      [PATHS.sqlcConfig]: SQLC_CONFIG.replace('      - schemas/postgres/stock.sql\n', ''),
    });
    await edit(copy, SQLITE_PATHS.sqlcConfig, '      - schemas/sqlite/stock.sql\n', '');
    const fixed = await fixStaged(copy);
    for (const path of [PATHS.stockSchema, SQLITE_PATHS.stockSchema, SQLITE_CODE.itemCode])
      expect(fixed).toContain(`deleted ${path} (staged)`);
    await restore(copy, SQLITE_PATHS.stockSchema);
    const refused = await copy.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error[generated/orphan]');
    await fixStaged(copy);
    const passed = await copy.commitStaged();
    expect(passed.exitCode).toBe(0);
    expect(passed.stderr).toContain('sqlite/stock, removed');
    await expectClean(copy, {
      [SQLITE_PATHS.stockSchema]: null,
      [`${PATHS.stockMigrations}/${BASELINE}`]: null,
    });
    await copy.remove();
  });
});
