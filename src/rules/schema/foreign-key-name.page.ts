import type { RulePage } from '../page.ts';
import { at, key, options, over, postgres, table } from './example-schemas.ts';

const CUSTOMERS = table('customers');

function orders(...rest: readonly string[]): string {
  return table(
    'orders',
    ['customer_id bigint', 'payer_id bigint'],
    ...rest,
    over('index "idx_orders_customer_id"', 'customer_id'),
    over('index "idx_orders_payer_id"', 'payer_id'),
  );
}

export const page: RulePage = {
  wants:
    'A foreign key is called `fk_{table}_{ref_table}`, with `_{columns}`, or any words, behind it where a table has several to one other. The name that Postgres gives to one that has none, `orders_customer_id_fkey`, is right too. `dbcheck lint --fix` renames the others; code that looks for the name of a violated key has to be changed by hand.',
  why: 'What a violated key tells an application is its name, and code that turns it into words for a person looks at nothing else.',
  bad: [
    {
      files: postgres(orders(key('orders_ibfk_1', 'customer_id', 'customers')), CUSTOMERS),
      finds: at('18:15'),
    },
    {
      title: 'several to one table',
      files: postgres(
        orders(
          key('fk_orders_customers', 'customer_id', 'customers'),
          key('fk_payer', 'payer_id', 'customers'),
        ),
        CUSTOMERS,
      ),
      finds: at('22:15'),
    },
    {
      title: 'a name that Postgres gives, where the option does not want it',
      files: {
        ...postgres(orders(key('orders_customer_id_fkey', 'customer_id', 'customers')), CUSTOMERS),
        ...options('foreign-key-name', '{generated: false}'),
      },
      finds: at('18:15'),
    },
    {
      title: 'another pattern',
      files: {
        ...postgres(orders(key('fk_orders_customers', 'customer_id', 'customers')), CUSTOMERS),
        ...options('foreign-key-name', "{pattern: '{table}_{columns}_fkey'}"),
      },
      finds: at('18:15'),
    },
  ],
  good: [
    { files: postgres(orders(key('fk_orders_customers', 'customer_id', 'customers')), CUSTOMERS) },
    {
      title: 'words for what it means',
      files: postgres(orders(key('fk_orders_customers_who_pays', 'payer_id', 'customers')), CUSTOMERS),
    },
    {
      title: 'a name that Postgres gives',
      files: postgres(orders(key('orders_customer_id_fkey', 'customer_id', 'customers')), CUSTOMERS),
    },
    {
      title: 'several to one table',
      files: postgres(
        orders(
          key('fk_orders_customers', 'customer_id', 'customers'),
          key('fk_orders_customers_payer_id', 'payer_id', 'customers'),
        ),
        CUSTOMERS,
      ),
    },
    {
      title: 'another pattern',
      files: {
        ...postgres(orders(key('orders_customer_id_fkey', 'customer_id', 'customers')), CUSTOMERS),
        ...options('foreign-key-name', "{pattern: '{table}_{columns}_fkey'}"),
      },
    },
  ],
};
