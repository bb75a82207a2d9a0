import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'Git does not ignore what the steps make.',
  why: '`dbcheck fix` writes the file, `git add` passes over it without a word, and the next check misses it again. On the disk of the person who looks into it, the file is there.',
  bad: [
    {
      title: 'the folder of the code is ignored',
      files: {
        '.gitignore': 'store/\n',
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
      },
      finds: null,
      at: '.gitignore',
    },
  ],
  good: [
    {
      files: {
        '.gitignore': 'node_modules/\n',
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
        [AT.code]: SHOP.code,
      },
    },
  ],
};
