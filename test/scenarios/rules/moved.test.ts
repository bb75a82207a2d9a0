import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, PATHS, type Shop } from '../shop.ts';
import { edit, expectClean, fixStaged, ORDERS_BASELINE, ORDERS_SUM, placeOf, stage } from './scenario.ts';

const CONFIG = 'dbcheck.config.yaml';
const MOVED = `migrations: {dir: 'db/{dialect}/{database}'}
sqlcSchemas: 'db/{dialect}/{database}.sql'
`;

describe('a commit that moves the templates', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  it('is refused for what it leaves at the old place, and mended', async () => {
    const copy = await copyOf(shop);
    await stage(copy, { [CONFIG]: MOVED });
    await edit(copy, PATHS.sqlcConfig, 'schemas/postgres/orders.sql', '../../db/postgres/orders.sql');
    await edit(copy, PATHS.sqlcConfig, 'schemas/postgres/stock.sql', '../../db/postgres/stock.sql');
    expectExit(await copy.dbcheck(['init']), 0);

    const { diagnostics, errors } = await copy.staged();
    expect(errors).toEqual([]);
    const orphans = diagnostics.filter(({ rule }) => rule.endsWith('/orphan'));
    expect(orphans.map((finding) => [finding.rule, finding.target, placeOf(finding)]).sort()).toEqual([
      ['generated/orphan', 'postgres/orders', PATHS.ordersSchema],
      ['generated/orphan', 'postgres/stock', PATHS.stockSchema],
      ['migration/orphan', 'postgres/orders', ORDERS_BASELINE],
      ['migration/orphan', 'postgres/orders', ORDERS_SUM],
      ['migration/orphan', 'postgres/stock', ORDERS_BASELINE.replace('orders', 'stock')],
      ['migration/orphan', 'postgres/stock', ORDERS_SUM.replace('orders', 'stock')],
    ]);
    for (const { because } of orphans) expect(because).toMatch(/the configuration has .* elsewhere now/);
    expect((await copy.commitStaged()).exitCode).toBe(1);

    await fixStaged(copy);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, { [ORDERS_BASELINE]: null, [PATHS.ordersSchema]: null });
    expect(await copy.git('ls-files', 'db')).toContain('db/postgres/orders/atlas.sum');
    await copy.remove();
  });
});
