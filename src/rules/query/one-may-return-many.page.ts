import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants:
    'A `:one` query gives one row at most: it gives a whole unique key of every table, has LIMIT 1, aggregates, or inserts one row. Only Postgres is judged, and only tables whose keys are known.',
  why: 'The code that sqlc makes takes the first row and drops the others, without an error: which one that is can change from one day to the next.',
  bad: [
    {
      files: postgresQueries([
        '-- name: GetOpenOrder :one',
        'SELECT id, status FROM orders WHERE status = $1;',
      ]),
      finds: [`${AT.queries}:1:10`],
    },
    {
      title: 'a part of a key',
      files: postgresQueries(['-- name: GetItem :one', 'SELECT title FROM items WHERE order_id = $1;']),
      finds: [`${AT.queries}:1:10`],
    },
    {
      title: 'a join that multiplies',
      files: postgresQueries([
        '-- name: GetOrderItem :one',
        'SELECT items.title FROM orders JOIN items ON items.order_id = orders.id WHERE orders.id = $1;',
      ]),
      finds: [`${AT.queries}:1:10`],
    },
    {
      title: 'a change of many',
      files: postgresQueries([
        '-- name: CloseOrder :one',
        "UPDATE orders SET status = 'closed' WHERE status = $1 RETURNING id;",
      ]),
      finds: [`${AT.queries}:1:10`],
    },
  ],
  good: [
    { files: postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']) },
    {
      title: 'one row for other reasons',
      files: postgresQueries([
        '-- name: GetNewest :one',
        'SELECT id FROM orders ORDER BY id DESC LIMIT 1;',
        '-- name: CountOrders :one',
        'SELECT count(*) FROM orders;',
        '-- name: CreateOrder :one',
        'INSERT INTO orders (id, status) VALUES ($1, $2) RETURNING id;',
        '-- name: GetItem :one',
        'SELECT orders.status, title FROM items JOIN orders ON orders.id = items.order_id WHERE order_id = $1 AND position = $2;',
        '-- name: GetOrderWithFirst :one',
        'SELECT orders.status, items.title FROM orders LEFT JOIN items ON items.order_id = orders.id AND items.position = 1 WHERE orders.id = $1;',
      ]),
    },
  ],
};
