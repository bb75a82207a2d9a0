import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries, SQLITE_QUERIES, sqliteQueries } from './example-queries.ts';

export const page: RulePage = {
  wants:
    'An INSERT … SELECT and both sides of a set operation write their columns. sqlc itself writes them for a star in a result, so that a star there is told only if the option `results` asks for it.',
  why: 'sqlc puts the columns of the schema in place of the star. With one more column in one table, `INSERT … SELECT *` inserts one value too many, and the sides of a UNION do not fit any more.',
  bad: [
    {
      files: postgresQueries([
        '-- name: CopyOrders :exec',
        'INSERT INTO items (order_id, position, title) SELECT * FROM orders;',
      ]),
      finds: [`${AT.queries}:2:54`],
    },
    {
      title: 'a set operation',
      files: sqliteQueries([
        '-- name: ListAll :many',
        'SELECT id, status FROM orders UNION ALL SELECT * FROM orders;',
      ]),
      finds: [`${SQLITE_QUERIES}:2:48`],
    },
    {
      title: 'a result, where the option asks for it',
      files: {
        ...postgresQueries(['-- name: GetOrder :one', 'SELECT * FROM orders WHERE id = $1;']),
        'dbcheck.config.yaml': 'rules:\n  query/select-star: [warning, {results: true}]\n',
      },
      finds: [`${AT.queries}:2:8`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: CopyOrders :exec',
        'INSERT INTO items (order_id, position, title) SELECT id, 1, status FROM orders;',
      ]),
    },
    {
      title: 'a star that sqlc replaces, one that counts, and one that nobody reads',
      files: postgresQueries([
        '-- name: GetOrder :one',
        'SELECT * FROM orders WHERE id = $1;',
        '-- name: CountOrders :one',
        'SELECT count(*) FROM orders WHERE EXISTS (SELECT * FROM items WHERE order_id = orders.id);',
      ]),
    },
  ],
};
