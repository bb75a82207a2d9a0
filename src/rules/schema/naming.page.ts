import type { RulePage } from '../page.ts';
import { at, inMysql, mysql, options, postgres, table } from './example-schemas.ts';

const PLURAL = options('naming', '{tables: plural, except: [inventory]}');

export const page: RulePage = {
  wants:
    'The names of tables, columns and enums are in snake_case; as an option, those of tables are all plurals or all singulars. Indexes, foreign keys and checks have rules of their own.',
  why: 'Databases fold names without quotes, each in its own way: `userId` in a query is `userid`, and no column is called that. Where every name has one form, nobody has to look one up.',
  bad: [
    { files: postgres(table('OrderLines', ['unitPrice numeric'])), finds: at('4:7', '9:10') },
    {
      title: 'signs and spaces',
      files: postgres(
        table(
          'order-lines',
          ['"unit price" numeric'].map(() => 'unit.price numeric'),
        ),
      ),
      finds: at('4:7', '9:10'),
    },
    {
      title: 'an enum',
      files: postgres('enum "orderState" {\n  schema = schema.public\n  values = ["Open"]\n}\n'),
      finds: at('4:6'),
    },
    {
      title: 'plurals, where the project wants them',
      files: { ...postgres(table('invoice'), table('order_line')), ...PLURAL },
      finds: at('4:7', '14:7'),
    },
    {
      title: 'singulars, where the project wants them',
      files: { ...postgres(table('orders')), ...options('naming', '{tables: singular}') },
      finds: at('4:7'),
    },
    {
      title: 'MySQL',
      files: mysql(table('OrderLines', ['unitPrice decimal(10, 2)'])),
      finds: inMysql('6:7', '11:10'),
    },
  ],
  good: [
    { files: postgres(table('order_lines', ['unit_price numeric'])) },
    {
      title: 'digits, underscores and other scripts',
      files: postgres(table('_größen', ['line_2_ text', '名前 text'])),
    },
    {
      title: 'plurals, and words that have none',
      files: {
        ...postgres(table('orders'), table('people'), table('order_metadata'), table('inventory')),
        ...PLURAL,
      },
    },
    {
      title: 'singulars',
      files: {
        ...postgres(table('address'), table('status'), table('news')),
        ...options('naming', '{tables: singular}'),
      },
    },
  ],
};
