import type { RulePage } from '../page.ts';
import { at, inMysql, mysql, options, over, postgres, table } from './example-schemas.ts';

const VIEW = 'view "open_orders" {\n  schema = schema.public\n  as     = "SELECT id FROM orders"\n}\n';
const TRIGGER = '  trigger "stamp" {\n    foreach = ROW\n  }';

export const page: RulePage = {
  wants:
    'Every block is one that the open-source Atlas makes something of: `schema`, `table`, `enum` (in Postgres), and what belongs into tables.',
  why: 'Atlas passes over other blocks in silence, misspelt ones too: a view, a function, a trigger, a `tabel`. The migrations have none of it, and all that is made of them is fresh. Some of them (sequences, policies, extensions) are refused by its later versions. The official Atlas knows more: list in `allow` what yours does.',
  bad: [
    { files: postgres(table('orders'), VIEW), finds: at('14:1') },
    { title: 'a misspelt one', files: postgres(table('orders').replace('table', 'tabel')), finds: at('4:1') },
    { title: 'one in a table', files: postgres(table('orders', [], TRIGGER)), finds: at('12:3') },
    {
      title: 'an enum in MySQL, where its values stand in the column',
      files: mysql(table('orders'), 'enum "state" {\n  schema = schema.public\n  values = ["open"]\n}\n'),
      finds: inMysql('16:1'),
    },
    {
      title: 'a unique constraint in MySQL, where it is an index',
      files: mysql(table('orders', ['code int'], over('unique "idx_orders_code"', 'code'))),
      finds: inMysql('17:3'),
    },
  ],
  good: [
    { files: postgres(table('orders')) },
    {
      title: 'an Atlas that knows views',
      files: { ...postgres(table('orders'), VIEW), ...options('unsupported-block', '{allow: [view]}') },
    },
    {
      title: 'what is for Atlas itself',
      files: postgres(
        table('orders'),
        'variable "tenant" {\n  type    = string\n  default = "none"\n}\n',
        'locals {\n  size = 8\n}\n',
      ),
    },
    {
      title: 'the parts of a table, and a unique constraint in Postgres',
      files: postgres(
        table(
          'orders',
          ['code int'],
          over('unique "uq_orders_code"', 'code'),
          '  partition {\n    type    = RANGE\n    columns = [column.id]\n  }',
        ),
      ),
    },
  ],
};
