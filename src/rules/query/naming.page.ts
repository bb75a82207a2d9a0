import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants:
    'The name of a query is in Pascal case, and starts with one of the verbs that the configuration gives, if it gives any.',
  why: 'sqlc makes a method of exactly that name. Go does not export `getOrder`, and linters complain of `Get_order`.',
  bad: [
    {
      files: postgresQueries(['-- name: getOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']),
      finds: [`${AT.queries}:1:10`],
    },
    {
      title: 'a verb that is not one of those given',
      files: {
        ...postgresQueries(['-- name: FetchOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']),
        'dbcheck.config.yaml': 'rules:\n  query/naming: [warning, {verbs: [Get, List]}]\n',
      },
      finds: [`${AT.queries}:1:10`],
    },
  ],
  good: [
    { files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']) },
    {
      title: 'a verb that is given',
      files: {
        ...postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']),
        'dbcheck.config.yaml': 'rules:\n  query/naming: [warning, {verbs: [Get, List]}]\n',
      },
    },
    {
      title: 'another pattern',
      files: {
        ...postgresQueries(['-- name: get_order :one', 'SELECT id, status FROM orders WHERE id = $1;']),
        'dbcheck.config.yaml': 'rules:\n  query/naming: [warning, {pattern: "^[a-z_]+$"}]\n',
      },
    },
  ],
};
