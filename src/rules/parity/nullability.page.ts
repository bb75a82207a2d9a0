import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'A column takes NULL in each dialect or in none.',
  why: 'Code that leaves the value out works on the one and is refused by the other, and sqlc makes `string` of the one and `sql.NullString` of the other, so that no code fits both.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.mysql]: SHOP.mysql.replace('null = false\n    type = varchar', 'null = true\n    type = varchar'),
      },
      finds: [`${AT.mysql}:12:3`],
    },
  ],
  good: [
    { files: { [AT.postgres]: SHOP.postgres, [AT.mysql]: SHOP.mysql } },
    {
      title: 'what is not written takes no NULL, and a key never does',
      files: {
        [AT.postgres]: SHOP.postgres.replace('null = false\n    type = bigint', 'type = bigint'),
        [AT.mysql]: SHOP.mysql.replace('    null = false\n', ''),
      },
    },
  ],
};
