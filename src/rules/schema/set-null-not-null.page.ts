import type { RulePage } from '../page.ts';
import { at, key, over, postgres, table } from './example-schemas.ts';

/** Orders whose customer may be deleted. */
function orders(column: string, action: string): string {
  const reference = key('fk_orders_customers', 'customer_id', 'customers');
  return table(
    'orders',
    [column],
    reference.replace('.id]\n  }', `.id]\n    ${action}\n  }`),
    over('index "idx_orders_customer_id"', 'customer_id'),
  );
}

function optional(text: string): string {
  return text.replace('"customer_id" {\n    type = bigint', '$&\n    null = true');
}

export const page: RulePage = {
  wants: 'A column that a foreign key sets to NULL takes NULL.',
  why: 'Postgres takes such a key without a word, and refuses the first deletion of a row that it refers to. Since a column of Atlas takes no NULL where nothing says so, it is easily written. MySQL refuses the key itself.',
  bad: [
    {
      files: postgres(orders('customer_id bigint', 'on_delete   = SET_NULL'), table('customers')),
      finds: at('15:3'),
    },
    {
      title: 'at an update',
      files: postgres(orders('customer_id bigint', 'on_update   = SET_NULL'), table('customers')),
      finds: at('15:3'),
    },
  ],
  good: [
    {
      files: postgres(optional(orders('customer_id bigint', 'on_delete   = SET_NULL')), table('customers')),
    },
    {
      title: 'another action',
      files: postgres(orders('customer_id bigint', 'on_delete   = CASCADE'), table('customers')),
    },
  ],
};
