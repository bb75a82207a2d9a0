import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'A selection that skips rows says in which order.',
  why: 'Without ORDER BY the server gives rows in any order, another one each time: pages repeat some rows and miss others.',
  bad: [
    {
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id, status FROM orders LIMIT $1 OFFSET $2;',
      ]),
      finds: [`${AT.queries}:2:40`],
    },
    {
      title: 'the short form of MySQL',
      files: mysqlQueries(['-- name: ListOrders :many', 'SELECT id, status FROM orders LIMIT ?, ?;']),
      finds: [`${AT.mysqlQueries}:2:31`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id, status FROM orders ORDER BY id LIMIT $1 OFFSET $2;',
      ]),
    },
    {
      title: 'an order inside',
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM (SELECT id FROM orders ORDER BY status, id) AS sorted LIMIT $1 OFFSET $2;',
      ]),
    },
  ],
};
