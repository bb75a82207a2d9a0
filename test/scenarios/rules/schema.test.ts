import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshShop, PATHS, type Shop } from '../shop.ts';
import { edit, fixStaged, play, type Scenario, STOCK_BASELINE } from './scenario.ts';

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'schema/invalid: a type that is not there',
    violate: (shop) => edit(shop, PATHS.ordersHcl, 'type = varchar(16)', 'type = varchart(16)'),
    rule: 'schema/invalid',
    target: 'postgres/orders',
    at: `${PATHS.ordersHcl}:13:12`,
    because: /the rest of this target was not compared/,
    diff: null,
    mend: (shop) => edit(shop, PATHS.ordersHcl, 'varchart', 'varchar'),
    restores: true,
  },
  {
    name: 'schema/invalid: a block that is not closed',
    violate: (shop) =>
      edit(
        shop,
        PATHS.stockHcl,
        '  comment = "what is in the store"\n}',
        '  comment = "what is in the store"',
      ),
    rule: 'schema/invalid',
    target: 'postgres/stock',
    at: `${PATHS.stockHcl}:4:15`,
    because: /the rest of this target was not compared/,
    diff: null,
    mend: (shop) =>
      edit(
        shop,
        PATHS.stockHcl,
        '  comment = "what is in the store"',
        '  comment = "what is in the store"\n}',
      ),
    restores: true,
  },
  {
    name: 'schema/invalid: a reference to a table that is not there',
    violate: (shop) => edit(shop, PATHS.ordersHcl, 'table.regions.column.id', 'table.areas.column.id'),
    rule: 'schema/invalid',
    target: 'postgres/orders',
    at: `${PATHS.ordersHcl}:27:25`,
    because: /the rest of this target was not compared/,
    diff: null,
    mend: (shop) => edit(shop, PATHS.ordersHcl, 'table.areas.column.id', 'table.regions.column.id'),
    restores: true,
  },
  {
    name: 'schema/unformatted: HCL that is not as Atlas writes it',
    violate: (shop) => edit(shop, PATHS.stockHcl, '    type = text', '    type   =   text'),
    rule: 'schema/unformatted',
    target: 'postgres/stock',
    at: `${PATHS.stockHcl}:13:1`,
    because: /atlas schema fmt/,
    diff: /^- {4}type {3}= {3}text\n\+ {4}type = text/m,
    mend: 'as told',
    restores: true,
  },
  {
    name: 'parity/shared-object: a table that is not the same in two databases of one package',
    violate: async (shop) => {
      await edit(shop, PATHS.stockHcl, 'varchar(8)', 'varchar(9)');
      expect(await fixStaged(shop, 1)).toContain('error[parity/shared-object]');
    },
    rule: 'parity/shared-object',
    target: 'postgres/stock',
    at: `${PATHS.stockHcl}:30:1`,
    because: /postgres\/orders defines it first/,
    diff: /^-.*varying\(9\).*\n\+.*varying\(8\)/m,
    folded: [`schema/invalid ${PATHS.stockSchema}:1:1`],
    mend: async (shop) => {
      await edit(shop, PATHS.ordersHcl, 'varchar(8)', 'varchar(9)');
      await fixStaged(shop);
    },
    holds: { [STOCK_BASELINE]: 'varying(9)', [PATHS.ordersSchema]: 'varying(9)' },
  },
];

describe('a commit with a schema that is wrong', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));
});
