import type { RulePage } from '../page.ts';
import { at, options, over, postgres, table, unique } from './example-schemas.ts';

function orders(...rest: readonly string[]): Readonly<Record<string, string>> {
  return postgres(table('orders', ['status text', 'email text'], ...rest));
}

const BY_EMAIL = '    on {\n      expr = "lower(email)"\n    }\n  }';

export const page: RulePage = {
  wants:
    'An index is called `idx_{table}_{columns}`, a unique one that or `uq_{table}_{columns}`. One with a condition, a kind or an expression may say so behind it. `dbcheck lint --fix` renames what has one name by the pattern.',
  why: 'An error, a plan of a query and a list of the largest indexes all name an index and nothing else. A name that says its table and columns needs no looking up, and two people who add the same index call it the same.',
  bad: [
    { files: orders(over('index "status_index"', 'status')), finds: at('18:9') },
    {
      title: 'a column that it is no longer over',
      files: orders(over('index "idx_orders_status_email"', 'status')),
      finds: at('18:9'),
    },
    { title: 'a unique one', files: orders(unique('orders_email_key', 'email')), finds: at('18:9') },
    { title: 'an expression', files: orders(`  index "by_mail" {\n${BY_EMAIL}`), finds: at('18:9') },
    {
      title: 'another pattern',
      files: {
        ...orders(over('index "idx_orders_status"', 'status')),
        ...options('index-name', "{pattern: '{table}_{columns}_idx'}"),
      },
      finds: at('18:9'),
    },
  ],
  good: [
    { files: orders(over('index "idx_orders_status"', 'status'), unique('uq_orders_email', 'email')) },
    {
      title: 'words about a condition',
      files: orders(
        over('index "idx_orders_status_open"', 'status').replace(
          '[column.status]',
          '[column.status]\n    where   = "email IS NULL"',
        ),
      ),
    },
    {
      title: 'words for an expression',
      files: orders(
        `  index "idx_orders_lower_email" {\n${BY_EMAIL}`,
        `  index "idx_orders_mail_upper" {\n${BY_EMAIL.replace('lower', 'upper')}`,
      ),
    },
    {
      title: 'another pattern',
      files: {
        ...orders(over('index "orders_status_idx"', 'status')),
        ...options('index-name', "{pattern: '{table}_{columns}_idx'}"),
      },
    },
    {
      title: 'a name that has to be shortened',
      files: postgres(
        table(
          'customer_order_confirmations',
          ['confirmation_requested_at date', 'confirmation_received_at date'],
          over(
            'index "idx_customer_order_confirmations_requested_received"',
            'confirmation_requested_at',
            'confirmation_received_at',
          ),
        ),
      ),
    },
  ],
};
