import type { RulePage } from '../page.ts';
import { at, check, inMysql, mysql, over, postgres, table } from './example-schemas.ts';

const LONG = 'a'.repeat(64);
const EDGE = 'a'.repeat(63);

export const page: RulePage = {
  wants:
    'No name is longer than the database keeps: 63 bytes in Postgres, 64 characters in MySQL. The names of tables and columns fit every dialect of the project.',
  why: 'Postgres cuts a longer name off and says so in a notice that nobody reads: the next plan finds the name that it wanted missing, and two long names with one beginning collide. MySQL refuses it.',
  bad: [
    {
      files: postgres(
        table('orders', [`customer_identification_number_as_given_by_the_tax_authorities_abroad text`]),
      ),
      finds: at('9:10'),
    },
    {
      title: 'an index',
      files: postgres(
        table(
          'customer_order_confirmations',
          ['requested_by_customer text', 'received_by_customer text'],
          over(
            'index "idx_customer_order_confirmations_requested_by_customer_received_by_customer"',
            'requested_by_customer',
            'received_by_customer',
          ),
        ),
      ),
      finds: at('18:9'),
    },
    {
      title: 'a check',
      files: postgres(table('orders', ['size int'], check(`chk_orders_size_${LONG}`, 'size > 0'))),
      finds: at('15:9'),
    },
    { title: 'bytes, and not characters', files: postgres(table('ü'.repeat(32))), finds: at('4:7') },
    { title: 'MySQL', files: mysql(table(`${LONG}b`)), finds: inMysql('6:7') },
  ],
  good: [
    { files: postgres(table('orders', ['customer_tax_number text'])) },
    { title: 'the longest names', files: postgres(table(EDGE, [`${EDGE} text`])) },
    { title: 'the longest names of MySQL', files: mysql(table('ü'.repeat(64))) },
  ],
};
