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
    'The configurations that one pattern names, one for each dialect, have the same queries. Where most of them are missing, that is told once, at the configuration.',
  why: 'Code that is written against an interface of all queries does not compile for the dialect that lacks one; without such an interface it is found out when that dialect is used.',
  bad: [
    {
      files: {
        ...SQLC,
        [AT.queries]: `${SHOP.queries}\n-- name: ListOrders :many\nSELECT id, status FROM orders ORDER BY id LIMIT 50;\n`,
        [AT.mysqlQueries]: SHOP.mysqlQueries,
      },
      finds: [`${AT.queries}:4:10`],
    },
    {
      title: 'most of them, which is told once',
      files: {
        ...SQLC,
        [AT.queries]: `${SHOP.queries}${Array.from(
          { length: 12 },
          (_, hour) =>
            `\n-- name: ListOrders${hour} :many\nSELECT id, status FROM orders WHERE id > ${hour};\n`,
        ).join('')}`,
        [AT.mysqlQueries]: SHOP.mysqlQueries,
      },
      finds: [AT.sqlcMysql],
    },
  ],
  good: [
    { files: { ...SQLC, [AT.queries]: SHOP.queries, [AT.mysqlQueries]: SHOP.mysqlQueries } },
    {
      title: 'a command that one engine has alone',
      files: {
        ...SQLC,
        [AT.queries]: `${SHOP.queries}\n-- name: AddOrders :copyfrom\nINSERT INTO orders (id, status) VALUES ($1, $2);\n`,
        [AT.mysqlQueries]: SHOP.mysqlQueries,
      },
    },
  ],
};
