import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, freshShop, PATHS, type Shop } from '../shop.ts';
import { migrationScenarios } from './migration-scenarios.ts';
import { fixStaged, ORDERS_SUM, play, stage } from './scenario.ts';
import { POSTGRES } from './shop-dialect.ts';

const SECOND = `${PATHS.ordersMigrations}/20240101000000_add_note.sql`;
const OLDER = `${PATHS.ordersMigrations}/00000000000000_a.sql`;

describe('a commit with migrations that are not what the schema makes', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of migrationScenarios(POSTGRES)) it(scenario.name, () => play(scenario, shop));

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
