import { afterAll, beforeAll } from 'vitest';
import { generatedScenarios } from '../rules/generated-scenarios.ts';
import { queryScenarios } from '../rules/query-scenarios.ts';
import { freshShop, type Shop } from '../shop.ts';
import { playAll } from './play-all.ts';
import { SQLITE } from './sqlite-dialect.ts';
import { sqliteSources } from './sqlite-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop(await sqliteSources());
});
afterAll(() => shop.remove());

playAll('SQLite generated files', generatedScenarios(SQLITE), () => shop);
playAll('SQLite queries', queryScenarios(SQLITE), () => shop);
