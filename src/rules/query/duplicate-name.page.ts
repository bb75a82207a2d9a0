import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'Each query of one package has a name of its own.',
  why: 'sqlc makes a function of each name, and refuses a package that has one twice.',
  bad: [
    {
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '',
        '-- name: GetOrder :one',
        'SELECT id FROM orders WHERE id = $1 AND status = $2;',
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
        '-- name: GetOpenOrder :one',
        'SELECT id FROM orders WHERE id = $1 AND status = $2;',
      ]),
    },
  ],
};
