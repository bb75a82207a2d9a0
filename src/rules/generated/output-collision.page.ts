import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants:
    'Each file has one writer: no two entries, and no two configurations, generate into one folder the same file names.',
  why: 'What the file holds is chance: sqlc lets the last writer win, and that differs from run to run. Each commit then changes files that nobody touched.',
  bad: [
    {
      title: 'both configurations write to `store/postgres`',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.sqlcMysql]: SHOP.sqlcMysql.replace('store/mysql', 'store/postgres'),
        'tools/sqlc/schemas/mysql/shop.sql': SHOP.sqlcSchema,
        [AT.mysqlQueries]: SHOP.mysqlQueries,
      },
      finds: null,
      at: AT.sqlcPostgres,
    },
  ],
  good: [
    {
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.sqlcMysql]: SHOP.sqlcMysql,
        'tools/sqlc/schemas/mysql/shop.sql': SHOP.sqlcSchema,
        [AT.mysqlQueries]: SHOP.mysqlQueries,
      },
    },
  ],
};
