import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const NOTE = `${AT.migrations}/20240131120000_add_note.sql`;

export const page: RulePage = {
  wants:
    'Each migration of a folder has a version of its own: the part of its name before the first underscore.',
  why: 'Two branches that each add a migration can come to the same version, and git merges them without a conflict. Atlas writes down the version that it has applied, not the file, so that it takes the second file for applied, too; it says nothing of it itself.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [NOTE]: 'ALTER TABLE "orders" ADD COLUMN "note" text NULL;\n',
      },
      finds: [AT.baseline],
    },
    {
      title: 'a name that is a version alone',
      files: {
        [AT.postgres]: SHOP.postgres,
        [`${AT.migrations}/1.sql`]: SHOP.baseline,
        [`${AT.migrations}/1_note.sql`]: 'ALTER TABLE "orders" ADD COLUMN "note" text NULL;\n',
      },
      finds: [`${AT.migrations}/1_note.sql`],
    },
  ],
  good: [
    { files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } },
    {
      title: 'two versions of one minute',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [`${AT.migrations}/20240131120001_add_note.sql`]:
          'ALTER TABLE "orders" ADD COLUMN "note" text NULL;\n',
      },
    },
    {
      title: 'the same version in two folders',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [AT.mysql]: SHOP.mysql,
        'tools/atlas/migrations/mysql/shop/20240131120000_initial_schema.sql':
          'CREATE TABLE `orders` (`id` bigint NOT NULL, `status` varchar(16) NOT NULL, PRIMARY KEY (`id`));\n',
      },
    },
  ],
};
