import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants: 'An INSERT names the columns that it fills.',
  why: 'Values without columns go to the columns in the order of the table. With one more column, or two that changed places, the same statement fails or fills the wrong ones.',
  bad: [
    {
      files: postgresQueries(['-- name: CreateOrder :exec', 'INSERT INTO orders VALUES ($1, $2);']),
      finds: [`${AT.queries}:2:13`],
    },
    {
      title: 'for MySQL',
      files: mysqlQueries(['-- name: CreateOrder :exec', 'INSERT INTO orders VALUES (?, ?);']),
      finds: [`${AT.mysqlQueries}:2:13`],
    },
  ],
  good: [
    {
      files: postgresQueries([
        '-- name: CreateOrder :exec',
        'INSERT INTO orders (id, status) VALUES ($1, $2);',
      ]),
    },
    {
      title: 'what names its columns in another way',
      files: mysqlQueries(['-- name: CreateOrder :exec', 'INSERT INTO orders SET id = ?, status = ?;']),
    },
  ],
};
