import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants:
    'An sqlc schema, and each file of generated code, is, byte for byte, what its step makes of the sources.',
  why: 'Code that lags behind its queries compiles and asks the old question, or does not compile for whoever regenerates next and has changed something else.',
  bad: [
    {
      title: 'the query asks for `id` alone, and the code still for both columns',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries.replace('id, status', 'id'),
        [AT.code]: SHOP.code,
      },
      finds: null,
      at: AT.code,
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
