import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'All parameters of a query for Postgres have numbers, or all have names.',
  why: 'sqlc gives named parameters the numbers that are left. The arguments of the code then stand in an order that the query does not show, and move when a number is added.',
  bad: [
    {
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = $1 AND id > sqlc.arg(after_id);',
      ]),
      finds: [`${AT.queries}:2:50`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = sqlc.arg(status) AND id > @after_id;',
      ]),
    },
    {
      title: 'MySQL, which counts places alone',
      files: mysqlQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = sqlc.arg(status) ORDER BY id LIMIT ?;',
      ]),
    },
  ],
};
