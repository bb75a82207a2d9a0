import type { RulePage } from '../page.ts';
import { at, key, keyless, mysql, over, postgres, table } from './example-schemas.ts';

const CUSTOMERS = table('customers');
const KEY = key('fk_orders_customers', 'customer_id', 'customers');

function orders(...rest: readonly string[]): Readonly<Record<string, string>> {
  return postgres(table('orders', ['customer_id bigint', 'status text'], KEY, ...rest), CUSTOMERS);
}

function index(name: string, first: string, ...settings: readonly string[]): string {
  return `  index "${name}" {\n    ${[...settings, `columns = [column.${first}]`].join('\n    ')}\n  }`;
}

export const page: RulePage = {
  wants:
    'An index, a unique constraint or the primary key begins with the columns of each foreign key. MySQL makes such an index by itself, so nothing is said about it.',
  why: 'Whenever a row of the other table is deleted or its key changed, the database looks for rows that refer to it. Without an index it reads the whole table, under locks, once for each such row.',
  bad: [
    { files: orders(), finds: at('18:3') },
    {
      title: 'an index in which it comes second',
      files: orders(over('index "idx_orders_status_customer_id"', 'status', 'customer_id')),
      finds: at('18:3'),
    },
    {
      title: 'an index over some of the rows',
      files: orders(
        index('idx_orders_customer_id', 'customer_id').replace(
          'columns = [column.customer_id]',
          'columns = [column.customer_id]\n    where   = "status = \'open\'"',
        ),
      ),
      finds: at('18:3'),
    },
  ],
  good: [
    { files: orders(over('index "idx_orders_customer_id"', 'customer_id')) },
    {
      title: 'an index over more',
      files: orders(over('index "idx_orders_customer_id_status"', 'customer_id', 'status')),
    },
    {
      title: 'an index over all rows that refer to something',
      files: orders(
        index('idx_orders_customer_id', 'customer_id').replace(
          'columns = [column.customer_id]',
          'columns = [column.customer_id]\n    where   = "customer_id IS NOT NULL"',
        ),
      ),
    },
    {
      title: 'the primary key',
      files: postgres(
        keyless('orders', ['customer_id bigint'], over('primary_key', 'customer_id'), KEY),
        CUSTOMERS,
      ),
    },
    {
      title: 'a unique key among its columns, which leaves one row to read',
      files: postgres(
        table(
          'tenants',
          ['contact_id bigint'],
          `  foreign_key "fk_tenants_users" {
    columns     = [column.id, column.contact_id]
    ref_columns = [table.users.column.tenant_id, table.users.column.id]
  }`,
        ),
        keyless('users', ['tenant_id bigint', 'id bigint'], over('primary_key', 'tenant_id', 'id')),
      ),
    },
    { title: 'MySQL', files: mysql(table('orders', ['customer_id bigint'], KEY), CUSTOMERS) },
  ],
};
