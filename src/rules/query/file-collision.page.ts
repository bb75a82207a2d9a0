import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const CONFIG = SHOP.sqlcPostgres.replace('queries/postgres', '[queries/postgres, queries/reports]');
const ORDERS = '-- name: CountOrders :one\nSELECT count(*) FROM orders;\n';
const SHOP_FILES = {
  [AT.sqlcPostgres]: CONFIG,
  [AT.sqlcSchema]: SHOP.sqlcSchema,
  [AT.queries]: SHOP.queries,
};

export const page: RulePage = {
  wants: 'Query files of one package have different names, whatever their folders.',
  why: 'sqlc names its output by the name of the query file alone, so `orders.sql` of two folders becomes one `orders.sql.go`; nobody finds the code by the query any more.',
  bad: [
    {
      files: { ...SHOP_FILES, 'tools/sqlc/queries/reports/orders.sql': ORDERS },
      finds: ['tools/sqlc/queries/reports/orders.sql'],
    },
  ],
  good: [{ files: { ...SHOP_FILES, 'tools/sqlc/queries/reports/order_reports.sql': ORDERS } }],
};
