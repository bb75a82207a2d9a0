import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'A DELETE has a WHERE. Where every row is meant, it says `WHERE true`, or its name says so.',
  why: 'A DELETE whose WHERE was forgotten empties the table.',
  bad: [
    {
      files: postgresQueries(['-- name: DeleteOrder :exec', 'DELETE FROM orders;']),
      finds: [`${AT.queries}:2:1`],
    },
    {
      title: 'for SQLite',
      files: sqliteQueries(['-- name: DeleteOrder :many', 'DELETE FROM orders RETURNING id;']),
      finds: [`${SQLITE_QUERIES}:2:1`],
    },
  ],
  good: [
    { files: postgresQueries(['-- name: DeleteOrder :exec', 'DELETE FROM orders WHERE id = $1;']) },
    {
      title: 'every row, on purpose',
      files: mysqlQueries([
        '-- name: DeleteOrders :exec',
        'DELETE FROM orders WHERE true;',
        '-- name: DeleteAllOrders :exec',
        'DELETE FROM orders;',
      ]),
    },
  ],
};
