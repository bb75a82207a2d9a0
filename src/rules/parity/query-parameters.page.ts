import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const SQLC = {
  [AT.sqlcPostgres]: SHOP.sqlcPostgres,
  [AT.sqlcMysql]: SHOP.sqlcMysql,
  [AT.sqlcSchema]: SHOP.sqlcSchema,
  'tools/sqlc/schemas/mysql/shop.sql': SHOP.sqlcSchema,
};

export const page: RulePage = {
  wants:
    'A query of one name takes as many parameters in each dialect, and where all of them have names, the same names.',
  why: 'The functions that sqlc makes take different arguments, so that no caller fits both. A `?` that stands twice is two parameters, where a `$1` that stands twice is one; `sqlc.arg(name)` is one in each dialect.',
  bad: [
    {
      files: {
        ...SQLC,
        [AT.queries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = $1 WHERE id = $2 AND status <> $1;\n',
        [AT.mysqlQueries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = ? WHERE id = ? AND status <> ?;\n',
      },
      finds: [`${AT.mysqlQueries}:1:10`],
    },
    {
      title: 'other names',
      files: {
        ...SQLC,
        [AT.queries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = sqlc.arg(status) WHERE id = @order_id;\n',
        [AT.mysqlQueries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = sqlc.arg(state) WHERE id = sqlc.arg(order_id);\n',
      },
      finds: [`${AT.mysqlQueries}:1:10`],
    },
  ],
  good: [
    {
      files: {
        ...SQLC,
        [AT.queries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = sqlc.arg(status) WHERE id = @order_id AND status <> sqlc.arg(status);\n',
        [AT.mysqlQueries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = sqlc.arg(status) WHERE id = sqlc.arg(order_id) AND status <> sqlc.arg(status);\n',
      },
    },
    {
      title: 'names that the code spells in one way, and those that sqlc takes from the columns',
      files: {
        ...SQLC,
        [AT.queries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = $1 WHERE id = $2;\n-- name: DropOrder :exec\nDELETE FROM orders WHERE id = @order_id;\n',
        [AT.mysqlQueries]:
          '-- name: CloseOrder :exec\nUPDATE orders SET status = ? WHERE id = ?;\n-- name: DropOrder :exec\nDELETE FROM orders WHERE id = sqlc.arg(orderID);\n',
      },
    },
  ],
};
