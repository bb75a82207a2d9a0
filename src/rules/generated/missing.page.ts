import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'Every file that a step makes is in the tree.',
  why: 'Somebody regenerated and did not add the new file. It is on their disk, so that all is well there, and the build fails for everyone else.',
  bad: [
    {
      title: 'queries whose code was never added',
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
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
