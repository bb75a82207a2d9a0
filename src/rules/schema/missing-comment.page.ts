import type { RulePage } from '../page.ts';
import { at, options, postgres, table } from './example-schemas.ts';

const COMMENTED = table('orders')
  .replace('  schema = schema.public', '  schema  = schema.public\n  comment = "What customers bought"')
  .replace('    type = bigint', '    type    = bigint\n    comment = "Given by us"');

export const page: RulePage = {
  wants: 'Every table and every column has a comment. Off unless the configuration asks for it.',
  why: 'A comment goes with the schema wherever it goes: into the database, and with sqlc into the generated code, where the next person meets the column first.',
  bad: [
    { files: postgres(table('orders')), finds: at('4:1', '6:3') },
    {
      title: 'an empty one',
      files: postgres(COMMENTED.replace('"Given by us"', '" "')),
      finds: at('7:3'),
    },
  ],
  good: [
    { files: { ...postgres(COMMENTED), ...options('missing-comment', '{}') } },
    {
      title: 'tables alone',
      files: {
        ...postgres(COMMENTED.replace(/ {4}type {4}= bigint\n {4}comment.*/, '    type = bigint')),
        ...options('missing-comment', '{columns: false}'),
      },
    },
  ],
};
