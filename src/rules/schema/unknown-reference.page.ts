import type { RulePage } from '../page.ts';
import { at, key, over, postgres, table } from './example-schemas.ts';

const CUSTOMERS = table('customers');

function orders(target: string): string {
  return table(
    'orders',
    ['customer_id bigint'],
    key('fk_orders_customers', 'customer_id', 'customers').replace('table.customers.column.id', target),
    over('index "idx_orders_customer_id"', 'customer_id'),
  );
}

export const page: RulePage = {
  wants:
    'Every table, column, enum and schema that is referred to is defined in a file of the same database.',
  why: 'Atlas refuses such a schema, but only once it has a database to plan on, and it names what is missing without saying what was meant.',
  bad: [
    {
      files: postgres(orders('table.customer.column.id'), CUSTOMERS),
      finds: at('17:20'),
    },
    {
      title: 'a column of another table',
      files: postgres(orders('table.customers.column.uuid'), CUSTOMERS),
      finds: at('17:20'),
    },
    {
      title: 'a column of the same table',
      files: postgres(table('orders', ['status text'], over('index "idx_orders_state"', 'state'))),
      finds: at('16:16'),
    },
    { title: 'an enum', files: postgres(table('orders', ['status enum.order_status'])), finds: at('10:12') },
    {
      title: 'a schema',
      files: postgres(table('orders').replace('schema.public', 'schema.shop')),
      finds: at('5:12'),
    },
    {
      title: 'a table in another schema',
      files: postgres(orders('table.audit.customers.column.id'), CUSTOMERS),
      finds: at('17:20'),
    },
  ],
  good: [
    { files: postgres(orders('table.customers.column.id'), CUSTOMERS) },
    {
      title: 'names in brackets, and a table with its schema in front',
      files: postgres(
        orders('table.public.customers.column["id"]'),
        CUSTOMERS.replace('table "customers"', 'table "public" "customers"'),
      ),
    },
    {
      title: 'what is defined in another file',
      files: {
        'dbcheck.config.yaml': 'schemas: tools/atlas/schemas/{dialect}/{database}/\n',
        'tools/atlas/schemas/postgres/shop/customers.hcl': CUSTOMERS,
        'tools/atlas/schemas/postgres/shop/orders.hcl': orders('table.customers.column.id'),
        'tools/atlas/schemas/postgres/shop/schema.hcl': 'schema "public" {\n}\n',
      },
    },
    {
      title: 'an enum, and a type that a variable names',
      files: postgres(
        'enum "order_status" {\n  schema = schema.public\n  values = ["open", "paid"]\n}\n',
        table('orders', ['status enum.order_status', 'note var.text']),
      ),
    },
    {
      title: 'what Atlas computes is not judged',
      files: postgres(
        table('orders', ['status enum.order_status']).replace(
          '  schema = schema.public',
          '  for_each = toset(["a", "b"])\n  schema   = schema.public',
        ),
      ),
    },
  ],
};
