import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'The names of two queries differ in more than upper and lower case.',
  why: 'sqlc names a constant `getOrder` for both `GetOrder` and `getOrder`, and the code does not compile. `Getorder` compiles, and is called by mistake.',
  bad: [
    {
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '',
        '-- name: Getorder :one',
        'SELECT status FROM orders WHERE id = $1;',
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
        '-- name: GetOrders :many',
        'SELECT status FROM orders WHERE status = $1;',
      ]),
    },
  ],
};
