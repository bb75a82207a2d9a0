import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const SQLC = {
  [AT.sqlcPostgres]: SHOP.sqlcPostgres,
  [AT.sqlcMysql]: SHOP.sqlcMysql,
  [AT.sqlcSchema]: SHOP.sqlcSchema,
  'tools/sqlc/schemas/mysql/shop.sql': SHOP.sqlcSchema,
};

export const page: RulePage = {
  wants: 'A query of one name hands back one row, many rows or none, and the same in each dialect.',
  why: '`:one` makes a function that returns a struct and `:many` one that returns a slice: no caller fits both.',
  bad: [
    {
      files: {
        ...SQLC,
        [AT.queries]: SHOP.queries,
        [AT.mysqlQueries]: SHOP.mysqlQueries.replace(':one', ':many'),
      },
      finds: [`${AT.mysqlQueries}:1:10`],
    },
  ],
  good: [
    { files: { ...SQLC, [AT.queries]: SHOP.queries, [AT.mysqlQueries]: SHOP.mysqlQueries } },
    {
      title: 'the result of an INSERT, where the dialect has no RETURNING',
      files: {
        ...SQLC,
        [AT.queries]:
          '-- name: AddOrder :one\nINSERT INTO orders (id, status) VALUES ($1, $2) RETURNING id;\n',
        [AT.mysqlQueries]: '-- name: AddOrder :execresult\nINSERT INTO orders (id, status) VALUES (?, ?);\n',
      },
    },
    {
      title: 'what each dialect calls the number of rows',
      files: {
        ...SQLC,
        [AT.queries]: '-- name: CloseOrder :exec\nUPDATE orders SET status = $1 WHERE id = $2;\n',
        [AT.mysqlQueries]: '-- name: CloseOrder :execrows\nUPDATE orders SET status = ? WHERE id = ?;\n',
      },
    },
  ],
};
