import { afterAll, beforeAll, describe, it } from 'vitest';
import { freshShop, ITEM_QUERIES, PATHS, QUERIES, type Shop } from '../shop.ts';
import { edit, fixStaged, ITEM_CODE, ORDER_CODE, play, type Scenario, stage } from './scenario.ts';

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'query/duplicate-name: in two files of one package',
    violate: (shop) =>
      stage(shop, {
        [PATHS.orderQueries]: `${QUERIES}\n-- name: GetItem :one\nSELECT id FROM orders LIMIT 1;\n`,
      }),
    rule: 'query/duplicate-name',
    target: PATHS.sqlcConfig,
    at: `${PATHS.orderQueries}:7:10`,
    because: /the other one is at tools\/sqlc\/queries\/postgres\/items\.sql:1/,
    diff: null,
    mend: async (shop) => {
      await edit(shop, PATHS.orderQueries, 'GetItem', 'GetAnyOrder');
      await fixStaged(shop);
    },
    holds: { [ORDER_CODE]: 'func (q *Queries) GetAnyOrder' },
  },
  {
    name: 'query/duplicate-name: at the new one, also where its file sorts first',
    violate: (shop) =>
      stage(shop, {
        [PATHS.itemQueries]: `${ITEM_QUERIES}\n-- name: GetOrder :one\nSELECT id FROM items LIMIT 1;\n`,
      }),
    rule: 'query/duplicate-name',
    target: PATHS.sqlcConfig,
    at: `${PATHS.itemQueries}:7:10`,
    because: /the other one is at tools\/sqlc\/queries\/postgres\/orders\.sql:1/,
    diff: null,
    mend: async (shop) => {
      await edit(shop, PATHS.itemQueries, 'GetOrder', 'GetAnyItem');
      await fixStaged(shop);
    },
    holds: { [ITEM_CODE]: 'func (q *Queries) GetAnyItem' },
  },
  {
    name: 'query/invalid: a column that is not there',
    violate: (shop) => edit(shop, PATHS.orderQueries, 'SELECT id, status FROM', 'SELECT id, state FROM'),
    rule: 'query/invalid',
    target: PATHS.sqlcConfig,
    at: `${PATHS.orderQueries}:5:12`,
    because: /sqlc makes nothing of the whole configuration/,
    diff: null,
    mend: (shop) => edit(shop, PATHS.orderQueries, 'SELECT id, state FROM', 'SELECT id, status FROM'),
    restores: true,
  },
  {
    name: 'query/invalid: broken syntax',
    violate: (shop) => edit(shop, PATHS.itemQueries, 'FROM items WHERE', 'FROM items WHERE WHERE'),
    rule: 'query/invalid',
    target: PATHS.sqlcConfig,
    at: `${PATHS.itemQueries}:2:42`,
    because: /sqlc makes nothing of the whole configuration/,
    diff: null,
    mend: (shop) => edit(shop, PATHS.itemQueries, 'WHERE WHERE', 'WHERE'),
    restores: true,
  },
];

describe('a commit with queries that sqlc refuses', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));
});
