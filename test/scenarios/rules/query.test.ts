import { afterAll, beforeAll, describe, it } from 'vitest';
import { freshShop, type Shop } from '../shop.ts';
import { queryScenarios } from './query-scenarios.ts';
import { play } from './scenario.ts';
import { POSTGRES } from './shop-dialect.ts';

describe('a commit with queries that sqlc refuses', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of queryScenarios(POSTGRES)) it(scenario.name, () => play(scenario, shop));
});
