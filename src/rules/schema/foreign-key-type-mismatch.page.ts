import type { RulePage } from '../page.ts';
import { at, inMysql, key, mysql, over, postgres, table } from './example-schemas.ts';

function orders(type: string): string {
  return table(
    'orders',
    [`customer_id ${type}`],
    key('fk_orders_customers', 'customer_id', 'customers'),
    over('index "idx_orders_customer_id"', 'customer_id'),
  );
}

function customers(type: string): string {
  return table('customers').replace('bigint', type);
}

export const page: RulePage = {
  wants: 'A column has the type of the column that its foreign key refers to.',
  why: 'Some of these keys a database refuses when it makes them. Others it takes, `integer` to `bigint` in Postgres among them, and fails years later at the first key that does not fit.',
  bad: [
    { files: postgres(orders('integer'), customers('bigint')), finds: at('10:12') },
    { title: 'a text and a number', files: postgres(orders('text'), customers('uuid')), finds: at('10:12') },
    {
      title: 'a sign in MySQL',
      files: mysql(
        orders('bigint'),
        customers('bigint\n    unsigned = true').replace('type = bigint', 'type     = bigint'),
      ),
      finds: inMysql('12:12'),
    },
    {
      title: 'the size of a decimal in MySQL',
      files: mysql(orders('decimal(12)'), customers('decimal(10)')),
      finds: inMysql('12:12'),
    },
  ],
  good: [
    { files: postgres(orders('bigint'), customers('bigint')) },
    { title: 'two words for one type', files: postgres(orders('int'), customers('sql("int4")')) },
    { title: 'texts of different lengths', files: postgres(orders('text'), customers('varchar(8)')) },
    { title: 'types that are not known', files: postgres(orders('sql("citext")'), customers('text')) },
    {
      title: 'what MySQL takes for one type',
      files: mysql(orders('numeric(10, 2)'), customers('decimal(10, 2)')),
    },
    {
      title: 'a table that refers to itself',
      files: postgres(
        table(
          'orders',
          ['parent_id bigint'],
          key('fk_orders_orders', 'parent_id', 'orders').replace('table.orders.column', 'column'),
          over('index "idx_orders_parent_id"', 'parent_id'),
        ),
      ),
    },
  ],
};
