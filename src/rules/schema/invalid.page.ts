import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { at, postgres, table } from './example-schemas.ts';

const WHOLE = table('orders', ['status text']);

export const page: RulePage = {
  wants:
    'Every file of a schema is HCL that Atlas can read, and every schema can be planned, converted and read by sqlc.',
  why: 'From a schema that nobody can read nothing is made: the migrations, the schemas of sqlc and the code stay as they were, and a commit that holds them together is a mixture of two states.',
  bad: [
    {
      title: 'an expression without an end',
      files: postgres(WHOLE.replace('[column.id]', '[column.id')),
      finds: at('14:3'),
    },
    {
      title: 'a brace too few',
      files: postgres(WHOLE.replace(/\}\n$/, '')),
      finds: at('4:16'),
    },
    {
      title: 'two arguments on a line',
      files: postgres(WHOLE.replace('type = text', 'type = text null = true')),
      finds: at('10:17'),
    },
    {
      title: 'what a merge left behind',
      files: postgres(WHOLE.replace('  primary_key', '<<<<<<< HEAD\n  primary_key')),
      finds: at('12:1'),
    },
    {
      title: 'a column that can not be read, by which a query asks for one row',
      files: {
        ...postgres(WHOLE.replace('bigint', '= bigint')),
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [AT.queries]: SHOP.queries,
      },
      finds: at('7:12'),
    },
  ],
  good: [{ files: postgres(WHOLE) }],
};
