import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'Generated code comes from the pinned sqlc: the version in its header is that of the pin.',
  why: 'Two versions of sqlc write different code for the same query. Where each person uses their own, every commit rewrites the files of the last one.',
  bad: [
    {
      title: 'code of another sqlc than the pinned one',
      files: {
        'tools/sqlc/go.mod':
          'module tools/sqlc\n\ngo 1.24\n\ntool github.com/sqlc-dev/sqlc/cmd/sqlc\n\nrequire github.com/sqlc-dev/sqlc v1.31.1\n',
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code.replace('v1.31.1', 'v1.29.0'),
      },
      finds: null,
      at: AT.code,
    },
  ],
  good: [
    {
      files: {
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
      },
    },
  ],
};
