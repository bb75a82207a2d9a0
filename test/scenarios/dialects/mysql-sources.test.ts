import { afterAll, beforeAll } from 'vitest';
import { migrationScenarios } from '../rules/migration-scenarios.ts';
import { queryScenarios } from '../rules/query-scenarios.ts';
import { freshShop, type Shop } from '../shop.ts';
import { MYSQL } from './mysql-dialect.ts';
import { mysqlSources } from './mysql-shop.ts';
import { playAll } from './play-all.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop(await mysqlSources());
});
afterAll(() => shop.remove());

playAll('MySQL migrations', migrationScenarios(MYSQL), () => shop);
playAll('MySQL queries', queryScenarios(MYSQL), () => shop);
