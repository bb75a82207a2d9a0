import type { ShopDialect } from '../rules/shop-dialect.ts';
import { MYSQL_PATHS } from './mysql-shop.ts';

export const MYSQL: ShopDialect = {
  name: 'mysql',
  paths: MYSQL_PATHS,
  schemaMaker: 'the replay of the migrations',
  emptyStock: 'schema "stock" {\n  charset = "utf8mb4"\n  collate = "utf8mb4_0900_ai_ci"\n}\n',
  longerStatus: {
    hcl: ['varchar(16)', 'varchar(32)'],
    sql: ['varchar(16)', 'varchar(32)'],
    byHand: 'varchar(99)',
    line: { baseline: 12, schema: 12 },
  },
  biggerAmount: {
    hcl: ['type    = int\n', 'type    = bigint\n'],
    sql: '`amount` bigint',
    line: { baseline: 5, schema: 5, models: 59 },
  },
  amountLine: 5,
  listOrders: '-- name: ListOrders :many\nSELECT id, status FROM orders WHERE status = ? ORDER BY id;\n',
  code: { listOrders: 29, withoutListOrders: 27, closesRows: 42 },
  querier: { withoutListOrders: 15, withPing: 16, withoutItems: 12 },
  invalidSchemas: [
    {
      name: 'a block that is not closed',
      database: 'stock',
      edit: ['  comment = "what is in the store"\n}', '  comment = "what is in the store"'],
      at: '6:15',
    },
    {
      name: 'a reference to a table that is not there',
      database: 'orders',
      edit: ['table.regions.column.id', 'table.areas.column.id'],
      at: '28:25',
    },
  ],
  textLine: 13,
  sharedTable: '28:1',
  regionCode: ['varchar(8)', 'varchar(9)'],
  // The parser that sqlc has for MySQL tells where the wrong word ends.
  invalidQuery: { columnAt: '5:12', syntax: 'FROM items WHERE WHERE', syntaxAt: '2:46' },
};
