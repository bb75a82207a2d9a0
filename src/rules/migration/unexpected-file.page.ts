import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A migrations folder holds the baseline and `atlas.sum`, and nothing else.',
  why: 'What else stands there is read by nobody: Atlas does not look into folders and passes over other files, so that an old migration in `archive/` or a script seems to count and does not. dbcheck leaves it where it is, since it did not make it.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [`${AT.migrations}/archive/20230101000000_first.sql`]:
          'CREATE TABLE "orders" ("id" bigint NOT NULL);\n',
      },
      finds: null,
      at: `${AT.migrations}/archive/20230101000000_first.sql`,
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
