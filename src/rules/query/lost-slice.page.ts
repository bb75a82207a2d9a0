import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'A `sqlc.slice()` stands behind a bare column and IN, and not in a query for Postgres.',
  why: 'sqlc finds the type of a list by the column before IN. Behind `lower(status)` it makes a function without an argument for the list, and says nothing: the query fails or finds nothing. For Postgres it writes `IN ($1)`, to which no list can be passed.',
  bad: [
    {
      files: mysqlQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE lower(status) IN (sqlc.slice(statuses));',
      ]),
      finds: [`${AT.mysqlQueries}:2:47`],
    },
    {
      title: 'a collation',
      files: sqliteQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status COLLATE NOCASE IN (sqlc.slice(statuses));',
      ]),
      finds: [`${SQLITE_QUERIES}:2:55`],
    },
    {
      title: 'for Postgres',
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status IN (sqlc.slice(statuses));',
      ]),
      finds: [`${AT.queries}:2:40`],
    },
  ],
  good: [
    {
      files: mysqlQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status IN (sqlc.slice(statuses));',
      ]),
    },
    {
      title: 'for Postgres',
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = ANY(sqlc.arg(statuses)::text[]);',
      ]),
    },
  ],
};
