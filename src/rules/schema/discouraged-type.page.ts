import type { RulePage } from '../page.ts';
import { at, inMysql, mysql, options, postgres, table } from './example-schemas.ts';

export const page: RulePage = {
  wants:
    'No column is a `timestamp` without time zone, a sum of money in a float, a `char(n)`, a `serial` or a `money`; in MySQL, no sum of money is in a float.',
  why: 'Each of these types works until it does not: a moment that is another one on the next server, a sum that is off by a cent, a text with spaces at its end that equals the one without or not, a sequence that somebody else owns. The documentation of Postgres advises against them.',
  bad: [
    {
      files: postgres(table('orders', ['placed_at timestamp', 'total_price double_precision'])),
      finds: at('10:12', '13:12'),
    },
    {
      title: 'types of fixed length',
      files: postgres(table('orders', ['country char(2)', 'code sql("character(8)")'])),
      finds: at('10:12', '13:12'),
    },
    {
      title: 'a key from a sequence',
      files: postgres(table('orders').replace('bigint', 'bigserial')),
      finds: at('7:12'),
    },
    { title: 'the type money', files: postgres(table('orders', ['sum money'])), finds: at('10:12') },
    {
      title: 'a sum that a rate gives',
      files: postgres(table('orders', ['flat_rate_price real'])),
      finds: at('10:12'),
    },
    { title: 'MySQL', files: mysql(table('orders', ['fee float'])), finds: inMysql('12:12') },
  ],
  good: [
    { files: postgres(table('orders', ['placed_at timestamptz', 'total_price numeric(12, 2)'])) },
    {
      title: 'a float that is no money, one character, a time zone in SQL',
      files: postgres(
        table('orders', ['weight real', 'flag char(1)', 'placed_at sql("timestamp with time zone")']),
      ),
    },
    {
      title: 'a proportion of a sum',
      files: postgres(table('orders', ['fee_ratio double_precision', 'price_change_percent real'])),
    },
    {
      title: 'a kind that is right here',
      files: {
        ...postgres(table('orders', ['placed_at timestamp'])),
        ...options('discouraged-type', '{allow: [timestamp]}'),
      },
    },
    {
      title: 'types of MySQL, which are other ones',
      files: mysql(table('orders', ['country char(2)', 'placed_at timestamp(6)'])),
    },
  ],
};
