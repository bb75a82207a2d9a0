import type { Shop } from '../shop.ts';
import { edit, fixStaged, type Scenario, stage } from './scenario.ts';
import { madePaths, type ShopDialect } from './shop-dialect.ts';

/** What a commit is refused for in the queries of a dialect. */
export function queryScenarios({ paths, invalidQuery }: ShopDialect): readonly Scenario[] {
  const made = madePaths(paths);
  return [
    {
      name: 'query/duplicate-name: in two files of one package',
      violate: (shop) =>
        append(shop, paths.orderQueries, '\n-- name: GetItem :one\nSELECT id FROM orders LIMIT 1;\n'),
      rule: 'query/duplicate-name',
      target: paths.sqlcConfig,
      at: `${paths.orderQueries}:7:10`,
      because: new RegExp(`the other one is at ${paths.itemQueries}:1`),
      diff: null,
      mend: async (shop) => {
        await edit(shop, paths.orderQueries, 'GetItem', 'GetAnyOrder');
        await fixStaged(shop);
      },
      holds: { [made.orderCode]: 'func (q *Queries) GetAnyOrder' },
    },
    {
      name: 'query/duplicate-name: at the new one, also where its file sorts first',
      violate: (shop) =>
        append(shop, paths.itemQueries, '\n-- name: GetOrder :one\nSELECT id FROM items LIMIT 1;\n'),
      rule: 'query/duplicate-name',
      target: paths.sqlcConfig,
      at: `${paths.itemQueries}:7:10`,
      because: new RegExp(`the other one is at ${paths.orderQueries}:1`),
      diff: null,
      mend: async (shop) => {
        await edit(shop, paths.itemQueries, 'GetOrder', 'GetAnyItem');
        await fixStaged(shop);
      },
      holds: { [made.itemCode]: 'func (q *Queries) GetAnyItem' },
    },
    {
      name: 'query/invalid: a column that is not there',
      violate: (shop) => edit(shop, paths.orderQueries, 'SELECT id, status FROM', 'SELECT id, state FROM'),
      rule: 'query/invalid',
      target: paths.sqlcConfig,
      at: `${paths.orderQueries}:${invalidQuery.columnAt}`,
      because: /sqlc makes nothing of the whole configuration/,
      diff: null,
      mend: (shop) => edit(shop, paths.orderQueries, 'SELECT id, state FROM', 'SELECT id, status FROM'),
      restores: true,
    },
    {
      name: 'query/invalid: broken syntax',
      violate: (shop) => edit(shop, paths.itemQueries, 'FROM items WHERE', invalidQuery.syntax),
      rule: 'query/invalid',
      target: paths.sqlcConfig,
      at: `${paths.itemQueries}:${invalidQuery.syntaxAt}`,
      because: /sqlc makes nothing of the whole configuration/,
      diff: null,
      mend: (shop) => edit(shop, paths.itemQueries, invalidQuery.syntax, 'FROM items WHERE'),
      restores: true,
    },
  ];
}

async function append(shop: Shop, path: string, text: string): Promise<void> {
  await stage(shop, { [path]: (await shop.read(path)).toString() + text });
}
