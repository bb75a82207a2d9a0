import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'Every statement of a query file has a line `-- name: NAME :COMMAND` above it, at the first column.',
  why: 'sqlc makes no code of a statement without a name, and says nothing: the query is there, and the function is not.',
  bad: [
    {
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '',
        'SELECT id FROM orders ORDER BY id;',
      ]),
      finds: [`${AT.queries}:4:1`],
    },
    {
      title: 'a name line that sqlc passes over, since it is indented',
      files: mysqlQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = ?;',
        '  -- name: ListOrders :many',
        'SELECT id FROM orders ORDER BY id;',
      ]),
      finds: [`${AT.mysqlQueries}:3:3`],
    },
    {
      title: 'a comment of another dialect',
      files: sqliteQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = ?;',
        '',
        'PRAGMA foreign_keys;',
      ]),
      finds: [`${SQLITE_QUERIES}:4:1`],
    },
  ],
  good: [
    { files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']) },
    {
      title: 'a name in a block comment, and one after #',
      files: mysqlQueries([
        '/* name: GetOrder :one */',
        'SELECT id, status FROM orders WHERE id = ?;',
        '# name: ListOrders :many',
        'SELECT id FROM orders ORDER BY id;',
      ]),
    },
    {
      title: 'comments alone',
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT id, status FROM orders WHERE id = $1;',
        '-- SELECT 1;',
      ]),
    },
  ],
};
