import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'The baseline is, byte for byte, what Atlas plans from the schema.',
  why: 'A schema that changes without its baseline makes two truths: code is written for the one, and new databases are made by the other. An edit of the baseline by hand is lost with the next regeneration.',
  bad: [
    {
      title: '`status` is longer in the schema than in the baseline',
      files: {
        [AT.postgres]: SHOP.postgres.replace('varchar(16)', 'varchar(32)'),
        [AT.baseline]: SHOP.baseline,
      },
      finds: null,
      at: AT.baseline,
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
