import type { ShopDialect } from '../rules/shop-dialect.ts';
import { SQLITE_PATHS } from './sqlite-shop.ts';

/** Its HCL and its migrations are those of Postgres, whose scenarios are played for Postgres. */
export const SQLITE: ShopDialect = {
  name: 'sqlite',
  paths: SQLITE_PATHS,
  schemaMaker: 'the conversion of postgres/stock',
  emptyStock: 'schema "public" {\n}\n',
  longerStatus: {
    hcl: ['varchar(16)', 'varchar(32)'],
    sql: ['length(status) <= 16', 'length(status) <= 32'],
    byHand: 'length(status) <= 99',
    line: { baseline: 17, schema: 10 },
  },
  biggerAmount: {
    hcl: ['type    = integer', 'type    = bigint'],
    sql: 'amount BIGINT',
    line: { baseline: 7, schema: 5, models: 60 },
  },
  amountLine: 5,
  listOrders: '-- name: ListOrders :many\nSELECT id, status FROM orders WHERE status = ? ORDER BY id;\n',
  code: { listOrders: 29, withoutListOrders: 27, closesRows: 42 },
  querier: { withoutListOrders: 15, withPing: 16, withoutItems: 12 },
  invalidSchemas: [],
  textLine: 13,
  sharedTable: '30:1',
  regionCode: ['8', '9'],
  // sqlc takes a second WHERE for a name here.
  invalidQuery: { columnAt: '5:12', syntax: 'FROM items WHERE )', syntaxAt: '2:30' },
};
