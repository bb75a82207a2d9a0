import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'A query for MySQL reads no variable of the session that it does not set.',
  why: 'For Postgres and SQLite `@status` is a parameter. For MySQL it is a variable of the session, which sqlc leaves as it is: the query compares with NULL, and finds nothing.',
  bad: [
    {
      files: mysqlQueries(['-- name: ListOrders :many', 'SELECT id FROM orders WHERE status = @status;']),
      finds: [`${AT.mysqlQueries}:2:38`],
    },
  ],
  good: [
    {
      files: mysqlQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE status = sqlc.arg(status);',
      ]),
    },
    {
      title: 'a variable that the query sets, and one of the server',
      files: mysqlQueries([
        '-- name: RankOrders :many',
        'SELECT id, @rank := @rank + 1 FROM orders WHERE @@autocommit = 1;',
      ]),
    },
    {
      title: 'variables of the server, and an address in a text',
      files: mysqlQueries([
        '-- name: ListOrders :many',
        "SELECT id, @@global.time_zone FROM orders WHERE @@autocommit = 1 AND status <> 'a@example.com';",
      ]),
    },
  ],
};
