import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { mysqlQueries, postgresQueries } from './example-queries.ts';

export const page: RulePage = {
  wants:
    'Query files are laid out as `dbcheck fmt` lays them out, where the configuration has `format.queries` on.',
  why: 'Where everyone lays out queries by hand, each change brings differences that change nothing.',
  bad: [
    {
      files: {
        ...postgresQueries(['-- name: GetOrder :one', 'SELECT id, status FROM orders WHERE id = $1;']),
        'dbcheck.config.yaml': 'format:\n  queries: true\n',
      },
      finds: [AT.queries],
    },
  ],
  good: [
    {
      files: {
        ...postgresQueries([
          '-- name: GetOrder :one',
          'SELECT',
          '  id,',
          '  status',
          'FROM',
          '  orders',
          'WHERE',
          '  id = $1;',
        ]),
        'dbcheck.config.yaml': 'format:\n  queries: true\n',
      },
    },
    {
      title: 'without the configuration',
      files: postgresQueries(['-- name: GetOrder :one', 'select id,   status from orders where id=$1;']),
    },
    {
      title: 'what the formatter can not read is left as it is',
      files: {
        ...mysqlQueries([
          '-- name: GetOrder :one',
          'SELECT',
          '  id',
          'FROM',
          '  orders',
          'WHERE',
          '  id = ?;',
        ]),
        'dbcheck.config.yaml': 'format:\n  queries: {indent: 2}\n',
      },
    },
  ],
};
