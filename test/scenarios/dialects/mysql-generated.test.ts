import { afterAll, beforeAll } from 'vitest';
import { generatedScenarios } from '../rules/generated-scenarios.ts';
import { schemaScenarios } from '../rules/schema-scenarios.ts';
import { freshShop, type Shop } from '../shop.ts';
import { MYSQL } from './mysql-dialect.ts';
import { mysqlSources } from './mysql-shop.ts';
import { playAll } from './play-all.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop(await mysqlSources());
});
afterAll(() => shop.remove());

playAll('MySQL generated files', generatedScenarios(MYSQL), () => shop);
playAll('MySQL schemas', schemaScenarios(MYSQL), () => shop);
