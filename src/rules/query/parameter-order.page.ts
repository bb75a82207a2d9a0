import type { RulePage } from '../page.ts';
import { mysqlQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants:
    'For SQLite, named parameters stand before every `sqlc.slice()`, and none stands together with a bare `?` after it.',
  why: 'sqlc numbers the named parameters of SQLite, and counts a list as one value. Once the list has two, `?2` is its second value and not the parameter: the query runs, and compares with the wrong value. The same happens where a bare `?` follows a named parameter.',
  bad: [
    {
      files: sqliteQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE id IN (sqlc.slice(ids)) AND status = sqlc.arg(status);',
      ]),
      finds: [`${SQLITE_QUERIES}:2:66`],
    },
    {
      title: 'a bare one after a named one',
      files: sqliteQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = sqlc.arg(status) ORDER BY id LIMIT ?;',
      ]),
      finds: [`${SQLITE_QUERIES}:2:73`],
    },
  ],
  good: [
    {
      files: sqliteQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = sqlc.arg(status) AND id IN (sqlc.slice(ids));',
      ]),
    },
    {
      title: 'bare ones alone, and a name that was there before the list',
      files: sqliteQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE id IN (sqlc.slice(ids)) AND status = ?;',
        '-- name: ListOthers :many',
        'SELECT id FROM orders WHERE status > @status AND id IN (sqlc.slice(ids)) AND status <> @status;',
      ]),
    },
    {
      title: 'MySQL, which counts places alone',
      files: mysqlQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE id IN (sqlc.slice(ids)) AND status = sqlc.arg(status);',
      ]),
    },
  ],
};
