import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

function order(length: number): readonly string[] {
  return [
    '-- name: GetOrder :one',
    `SELECT id FROM orders WHERE id = $1 AND status <> '${'x'.repeat(length)}';`,
  ];
}

export const page: RulePage = {
  wants: 'No line of a query file, or of a schema that sqlc reads, has 64 KiB or more.',
  why: 'sqlc reads lines with a buffer of 64 KiB. It refuses such a query, with `token too long` and no place. Of a schema it reads what stands before such a line, and says nothing of what follows.',
  bad: [
    { files: postgresQueries(order(65536)), finds: [`${AT.queries}:2:1`] },
    {
      title: 'a schema',
      files: {
        ...postgresQueries(order(1)),
        [AT.sqlcSchema]: `-- ${'x'.repeat(65536)}\nCREATE TABLE orders (id bigint PRIMARY KEY, status text);\n`,
      },
      finds: [`${AT.sqlcSchema}:1:1`],
    },
  ],
  good: [{ files: postgresQueries(order(100)) }],
};
