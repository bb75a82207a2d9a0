import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const NOTE = `  column "note" {
    null = true
    type = varchar(200)
  }
  primary_key {`;

export const page: RulePage = {
  wants: 'A table that people write for several dialects has the same columns in each.',
  why: 'A column that was added to one dialect alone is missing from the code of the other, and a query that names it works in one of them.',
  bad: [
    {
      files: { [AT.postgres]: SHOP.postgres.replace('  primary_key {', NOTE), [AT.mysql]: SHOP.mysql },
      finds: [`${AT.postgres}:14:3`],
    },
  ],
  good: [
    {
      files: {
        [AT.postgres]: SHOP.postgres.replace('  primary_key {', NOTE),
        [AT.mysql]: SHOP.mysql.replace('  primary_key {', NOTE),
      },
    },
    {
      title: 'a table that is missing as a whole is told once, and here it is accepted',
      files: {
        'dbcheck.config.yaml': `ignore: [{rule: parity/table-missing, path: '${AT.postgres}', reason: an archive}, {rule: parity/table-missing, path: '${AT.mysql}', reason: an archive}]\n`,
        [AT.postgres]: SHOP.postgres,
        [AT.mysql]: SHOP.mysql.replace('"orders"', '"archive"'),
      },
    },
  ],
};
