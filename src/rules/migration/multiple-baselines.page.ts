import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants:
    'A migrations folder holds one baseline, which is the whole schema. A history of migrations stays in a folder of its own, beside the one that `migrations.dir` names.',
  why: '`atlas migrate diff` writes a second file beside the first. Who forgets to delete one of them has the change twice: in the second file, and in the first as soon as that is regenerated, so that no new database can be made.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [`${AT.migrations}/20240214090000_add_status.sql`]:
          'ALTER TABLE "orders" ADD COLUMN "status" character varying(16) NOT NULL;\n',
      },
      finds: null,
      at: `${AT.migrations}/20240214090000_add_status.sql`,
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
