import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A database whose schema is gone, is empty or was moved leaves no migrations behind.',
  why: 'Migrations without a schema go on being run, and their tables go on being made, though nobody can see in the schema that they are there.',
  bad: [
    {
      title: 'the schema of `shop` was deleted, and its migrations were not',
      files: {
        'tools/atlas/schemas/postgres/stock.hcl': SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
      },
      finds: null,
      at: AT.baseline,
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
