import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'Nobody edits a generated file: what is to change in it is changed in its sources.',
  why: 'The edit is lost with the next regeneration, which another person runs for another reason.',
  bad: [
    {
      title: 'somebody added `LIMIT 1` in the code, and not in the query',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code.replace('WHERE id = $1', 'WHERE id = $1 LIMIT 1'),
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
