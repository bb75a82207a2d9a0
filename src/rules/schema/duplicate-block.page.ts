import type { RulePage } from '../page.ts';
import { at, check, keyless, over, postgres, table } from './example-schemas.ts';

const AUDIT = 'schema "audit" {\n}\n';

export const page: RulePage = {
  wants:
    'Of each name there is one table, one enum, and in a table one column, index, key and check; a table has one primary key.',
  why: 'A second primary key Atlas passes over in silence, so that the table has another key than its file says. Other blocks that are there twice fail once a database is at hand, with a message that names no place.',
  bad: [
    { files: postgres(table('orders'), table('orders', ['status text'])), finds: at('14:1') },
    {
      title: 'a second primary key',
      files: postgres(table('orders', ['status text'], over('primary_key', 'status'))),
      finds: at('15:3'),
    },
    {
      title: 'a column',
      files: postgres(table('orders', ['status text', 'status text'])),
      finds: at('12:3'),
    },
    {
      title: 'a check',
      files: postgres(
        table(
          'orders',
          ['size int'],
          check('chk_orders_size', 'size > 0'),
          check('chk_orders_size', 'size < 9'),
        ),
      ),
      finds: at('18:3'),
    },
    {
      title: 'an index of another table, with which it shares its name in Postgres',
      files: postgres(
        table('shop', ['order_code text'], over('index "idx_shop_order_code"', 'order_code')),
        table('shop_order', ['code text'], over('index "idx_shop_order_code"', 'code')),
      ),
      finds: at('31:3'),
    },
  ],
  good: [
    { files: postgres(table('orders'), table('lines', ['status text'])) },
    {
      title: 'one name in two schemas',
      files: postgres(
        AUDIT,
        table('orders'),
        keyless('orders', ['id bigint'], over('primary_key', 'id')).replace('schema.public', 'schema.audit'),
      ),
    },
  ],
};
