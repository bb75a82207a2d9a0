import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const SQLC = { [AT.sqlcPostgres]: SHOP.sqlcPostgres, [AT.sqlcSchema]: SHOP.sqlcSchema };

export const page: RulePage = {
  wants:
    'Every entry of `ignore` and every comment `dbcheck-ignore` suppresses something. Where a rule needs a run of the generators, `dbcheck check` tells; `dbcheck lint` tells of the others.',
  why: 'What was accepted is mended one day, and the exception stays: it then hides the next finding at that place, which nobody has accepted. One with a misspelt rule or path has never suppressed anything.',
  bad: [
    {
      files: {
        ...SQLC,
        [AT.queries]: `-- dbcheck-ignore query/duplicate-name: there were two of them\n${SHOP.queries}`,
      },
      finds: [`${AT.queries}:1:1`],
    },
    {
      title: 'a rule that there is not, and none',
      files: {
        ...SQLC,
        [AT.queries]: `-- dbcheck-ignore query/duplicated-name: both are needed\n-- dbcheck-ignore: both are needed\n${SHOP.queries}`,
      },
      finds: [`${AT.queries}:1:1`, `${AT.queries}:2:1`],
    },
    {
      title: 'a comment behind the line that it is meant for',
      files: {
        ...SQLC,
        [AT.queries]: `${SHOP.queries}\n-- dbcheck-ignore query/duplicate-name: too late\n`,
      },
      finds: [`${AT.queries}:4:1`],
    },
  ],
  good: [
    {
      files: {
        ...SQLC,
        [AT.queries]: `${SHOP.queries}\n-- dbcheck-ignore query/duplicate-name: sqlc is to refuse this file in a test\n${SHOP.queries}`,
      },
    },
    {
      title: 'a rule that only a run of the generators can tell of',
      files: {
        ...SQLC,
        [AT.queries]: `-- dbcheck-ignore query/invalid: the extension that it needs is missing here\n${SHOP.queries}`,
      },
    },
  ],
};
