import { afterAll, beforeAll, describe, it } from 'vitest';
import { freshShop, type Shop } from '../shop.ts';
import { play } from './scenario.ts';
import { schemaScenarios } from './schema-scenarios.ts';
import { POSTGRES } from './shop-dialect.ts';

describe('a commit with a schema that is wrong', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of schemaScenarios(POSTGRES)) it(scenario.name, () => play(scenario, shop));
});
