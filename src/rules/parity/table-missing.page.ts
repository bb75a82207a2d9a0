import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A database that people write for several dialects has the same tables in each.',
  why: 'Code that is to run on each dialect fails on the one that lacks the table, and it does so where that dialect is used: often in a test or a small installation, and not where the change was made.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.mysql]: SHOP.mysql.replace('"orders"', '"purchases"'),
      },
      finds: [`${AT.postgres}:4:1`, `${AT.mysql}:6:1`],
    },
  ],
  good: [
    { files: { [AT.postgres]: SHOP.postgres, [AT.mysql]: SHOP.mysql } },
    {
      title: 'a database that one dialect has alone',
      files: {
        [AT.postgres]: SHOP.postgres,
        'tools/atlas/schemas/mysql/stock.hcl': SHOP.mysql
          .replaceAll('shop', 'stock')
          .replace('"orders"', '"items"'),
      },
    },
  ],
};
