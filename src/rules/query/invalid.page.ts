import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'Every query can be read, and sqlc takes it.',
  why: 'While one query is wrong, sqlc makes nothing of the whole configuration, and tells of it only once somebody runs it.',
  bad: [
    {
      files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE;']),
      finds: [`${AT.queries}:2:36`],
    },
    {
      title: 'a name line without a command',
      files: postgresQueries(['-- name: GetOrder', 'SELECT id, status FROM orders WHERE id = $1;']),
      finds: [`${AT.queries}:1:10`],
    },
    {
      title: 'a name line without the space that sqlc asks for',
      files: postgresQueries(['--name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']),
      finds: [`${AT.queries}:1:1`],
    },
    {
      title: 'no semicolon at the end of the file',
      files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1']),
      finds: [`${AT.queries}:2:44`],
    },
    {
      title: 'a parenthesis that nothing closes',
      files: mysqlQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE (id = ?;']),
      finds: [`${AT.mysqlQueries}:2:37`],
    },
    {
      title: 'a string that nothing closes',
      files: sqliteQueries(['-- name: GetOrder :one', "SELECT id, status FROM orders WHERE status = 'open;"]),
      finds: [`${SQLITE_QUERIES}:2:46`],
    },
    {
      title: 'a string that nothing closes, in a query that another dialect has as well',
      files: {
        ...postgresQueries([
          '-- name: GetOrder :one',
          "SELECT id, status FROM orders WHERE status = 'open' AND id = $1;",
        ]),
        ...mysqlQueries([
          '-- name: GetOrder :one',
          "SELECT id, status FROM orders WHERE status = 'open AND id = ?;",
        ]),
      },
      finds: [`${AT.mysqlQueries}:2:46`],
    },
  ],
  good: [
    { files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']) },
    {
      title: 'what other dialects have',
      files: mysqlQueries([
        '-- name: GetOrder :one',
        "SELECT `id`, status FROM orders WHERE status = 'it\\'s' AND id = ?; # (",
      ]),
    },
  ],
};
