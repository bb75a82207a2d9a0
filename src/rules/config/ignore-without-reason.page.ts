import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const SQLC = { [AT.sqlcPostgres]: SHOP.sqlcPostgres, [AT.sqlcSchema]: SHOP.sqlcSchema };

export const page: RulePage = {
  wants: 'A comment that accepts a finding says why: `dbcheck-ignore RULE: reason`.',
  why: 'An exception without a reason outlives it: nobody dares to remove it, and the next person copies it. So a comment without one accepts nothing.',
  bad: [
    {
      files: { ...SQLC, [AT.queries]: `-- dbcheck-ignore query/invalid\n${SHOP.queries}` },
      finds: [`${AT.queries}:1:1`],
    },
    {
      title: 'a colon with nothing behind it, and words without a colon',
      files: {
        [AT.postgres]: SHOP.postgres
          .replace('table "orders" {', 'table "orders" { # dbcheck-ignore schema/invalid:')
          .replace('  column "id" {', '  // dbcheck-ignore schema/invalid it is old\n  column "id" {'),
      },
      finds: [`${AT.postgres}:4:18`, `${AT.postgres}:6:3`],
    },
  ],
  good: [
    {
      files: {
        ...SQLC,
        [AT.queries]: `-- dbcheck-ignore query/invalid: the extension that it needs is missing here\n${SHOP.queries}`,
      },
    },
    {
      title: 'words in a string and in a comment about such comments',
      files: {
        ...SQLC,
        [AT.queries]:
          "-- Write no dbcheck-ignore here.\n-- name: GetText :one\nSELECT '-- dbcheck-ignore query/invalid\\n';\n",
      },
    },
  ],
};
