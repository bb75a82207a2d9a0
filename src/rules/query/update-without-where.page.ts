import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'An UPDATE has a WHERE. Where every row is meant, it says `WHERE true`, or its name says so.',
  why: 'An UPDATE whose WHERE was forgotten changes every row of the table.',
  bad: [
    {
      files: postgresQueries(['-- name: CloseOrder :exec', "UPDATE orders SET status = 'closed';"]),
      finds: [`${AT.queries}:2:1`],
    },
    {
      title: 'in a common table expression',
      files: postgresQueries([
        '-- name: CloseOrder :many',
        "WITH closed AS (UPDATE orders SET status = 'closed' RETURNING id) SELECT id FROM closed;",
      ]),
      finds: [`${AT.queries}:2:17`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: CloseOrder :exec',
        "UPDATE orders SET status = 'closed' WHERE id = $1;",
      ]),
    },
    {
      title: 'every row, on purpose',
      files: mysqlQueries([
        '-- name: CloseOrders :exec',
        "UPDATE orders SET status = 'closed' WHERE true;",
        '-- name: ResetOrders :exec',
        "UPDATE orders SET status = 'open';",
      ]),
    },
  ],
};
