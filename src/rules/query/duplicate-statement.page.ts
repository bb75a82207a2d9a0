import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'Each query stands once.',
  why: 'Two queries that say the same are changed one at a time; sqlc takes both.',
  bad: [
    {
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '',
        '-- name: FindOrder :one',
        'select id, status',
        'from orders -- the same',
        'where id = $1;',
      ]),
      finds: [`${AT.queries}:4:10`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '',
        '-- name: FindOrders :many',
        'SELECT id, status FROM orders WHERE id = $1;',
      ]),
    },
    {
      title: 'texts that differ in case',
      files: mysqlQueries([
        '-- name: ListOpen :many',
        "SELECT id FROM orders WHERE status = 'open';",
        '-- name: ListShouted :many',
        "SELECT id FROM orders WHERE status = 'OPEN';",
      ]),
    },
  ],
};
