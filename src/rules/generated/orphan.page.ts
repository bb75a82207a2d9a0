import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A generated file that no step makes any more is gone.',
  why: 'Code of queries that are deleted goes on being compiled, and goes on being called; nobody can find the query that it came from.',
  bad: [
    {
      title: '`customers.sql` was deleted, and its code was not',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
        'store/postgres/customers.sql.go': SHOP.code.replace('orders.sql', 'customers.sql'),
      },
      finds: null,
      at: 'store/postgres/customers.sql.go',
    },
  ],
  good: [
    {
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
      },
    },
  ],
};
