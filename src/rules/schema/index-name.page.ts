import type { RulePage } from '../page.ts';
import { at, mysql, options, over, postgres, table, unique } from './example-schemas.ts';

function orders(...rest: readonly string[]): Readonly<Record<string, string>> {
  return postgres(table('orders', ['status text', 'email text'], ...rest));
}

const BY_EMAIL = '    on {\n      expr = "lower(email)"\n    }\n  }';

export const page: RulePage = {
  wants:
    'An index is called `idx_{table}_{columns}`, a unique one either that or `uq_{table}_{columns}`. A name may end in the kind of the index, and one with a condition or an expression has any words behind `idx_{table}_`. The names that Postgres (`orders_email_key`) and MySQL (`email`) give to what has none say as much, and are right too. `dbcheck lint --fix` renames what has one name by the pattern, unless a query names it; code that looks for the name of a violated constraint has to be changed by hand.',
  why: 'An error, a plan of a query and a list of the largest indexes all name an index and nothing else. A name that says its table and columns needs no looking up, and two people who add the same index call it the same.',
  bad: [
    { files: orders(over('index "status_index"', 'status')), finds: at('18:9') },
    {
      title: 'a column that it is no longer over',
      files: orders(over('index "idx_orders_status_email"', 'status')),
      finds: at('18:9'),
    },
    { title: 'a unique one', files: orders(unique('one_mail', 'email')), finds: at('18:9') },
    {
      title: 'a name that Postgres gives, of another column',
      files: orders(over('index "orders_email_idx"', 'status')),
      finds: at('18:9'),
    },
    {
      title: 'a name that Postgres gives, where the option does not want it',
      files: {
        ...orders(unique('orders_email_key', 'email')),
        ...options('index-name', '{generated: false}'),
      },
      finds: at('18:9'),
    },
    { title: 'an expression', files: orders(`  index "by_mail" {\n${BY_EMAIL}`), finds: at('18:9') },
    {
      title: 'a name that Postgres gives, of another expression',
      files: orders(`  index "orders_upper_idx" {\n${BY_EMAIL}`),
      finds: at('18:9'),
    },
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
      title: 'names that Postgres gives to indexes over expressions',
      files: orders(
        `  index "orders_lower_idx" {\n${BY_EMAIL}`,
        `  index "orders_status_lower_idx" {\n    on {\n      column = column.status\n    }\n${BY_EMAIL.replace('(email)', '((email)::text)')}`,
        `  index "orders_expr_idx" {\n${BY_EMAIL.replace('lower(email)', "((status || ' '::text) || lower(email))")}`,
        `  index "orders_email_idx" {\n${BY_EMAIL.replace('lower(email)', '(email)::citext')}`,
      ),
    },
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
      title: 'words for a condition',
      files: orders(
        over('index "idx_orders_open"', 'status').replace(
          '[column.status]',
          '[column.status]\n    where   = "email IS NULL"',
        ),
      ),
    },
    {
      title: 'names that Postgres gives',
      files: orders(
        over('index "orders_status_idx"', 'status'),
        over('index "orders_email_status_idx1"', 'email', 'status'),
        unique('orders_email_key', 'email'),
      ),
    },
    {
      title: 'names that MySQL gives',
      files: mysql(
        table(
          'orders',
          ['status varchar(20)', 'email varchar(20)'],
          over('index "status"', 'status'),
          unique('email_2', 'email'),
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
