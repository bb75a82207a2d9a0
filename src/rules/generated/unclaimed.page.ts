import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: "A file with sqlc's mark lies in a folder that a declared configuration writes to.",
  why: 'Its configuration is not among `sqlc.configs`, so that nothing is checked of it, or it is long gone, and the code is dead. dbcheck never touches such a file.',
  bad: [
    {
      title: 'code in a folder that no configuration names',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        'legacy/store/orders.sql.go': SHOP.code,
      },
      finds: null,
      at: 'legacy/store/orders.sql.go',
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
