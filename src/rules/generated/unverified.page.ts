import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'The commands of `verify` succeed on the tree with everything regenerated.',
  why: 'What is generated can be fresh and not fit the code that calls it: a query that lost a column, a renamed parameter. `verify` sees it before the commit is pushed.',
  bad: [
    {
      title: '`main.go` calls a query that there is not',
      files: {
        'dbcheck.config.yaml': 'verify: [go build ./...]\n',
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
        'main.go': 'package main\n\nfunc main() {\n\tstore.ListOrders()\n}\n',
      },
      finds: null,
      at: 'dbcheck.config.yaml',
    },
  ],
  good: [
    {
      files: {
        'dbcheck.config.yaml': 'verify: [go build ./...]\n',
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
      },
    },
  ],
};
