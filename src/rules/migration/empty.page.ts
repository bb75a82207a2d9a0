import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A migration holds at least one statement.',
  why: 'Atlas runs a file without a statement, writes down that its version was applied, and never looks at it again. Whoever fills it in later changes databases that are made anew, and none of those that there are.',
  bad: [
    {
      files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: '-- the first migration; to be written\n' },
      finds: [AT.baseline],
    },
    {
      title: 'a file of no bytes',
      files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: '' },
      finds: [AT.baseline],
    },
    {
      title: 'statements that are commented out, and a lone semicolon',
      files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: '/* DROP TABLE /* old */ "orders"; */ ;\n' },
      finds: [AT.baseline],
    },
  ],
  good: [
    { files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } },
    {
      title: 'a file that the checksums leave out',
      files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: '-- atlas:sum ignore\n' },
    },
    {
      title: 'what MySQL runs though it looks like a comment',
      files: {
        [AT.mysql]: SHOP.mysql,
        'tools/atlas/migrations/mysql/shop/20240131120000_initial_schema.sql':
          '/*!80000 CREATE TABLE `orders` (`id` bigint NOT NULL PRIMARY KEY) */;\n',
      },
    },
  ],
};
