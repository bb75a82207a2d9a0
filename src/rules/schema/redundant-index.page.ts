import type { RulePage } from '../page.ts';
import { at, over, postgres, table, unique } from './example-schemas.ts';

function orders(...rest: readonly string[]): Readonly<Record<string, string>> {
  return postgres(table('orders', ['status text', 'code text', 'tags jsonb'], ...rest));
}

function on(name: string, setting: string, ...columns: readonly string[]): string {
  return over(`index "${name}"`, ...columns).replace('columns = ', `${setting}columns = `);
}

const LONG = over('index "idx_orders_status_code"', 'status', 'code');
const BY_STATUS = over('index "idx_orders_status"', 'status');

export const page: RulePage = {
  wants: 'No index is over the first columns of another index of the same table, or of its primary key.',
  why: 'The longer index finds all that the shorter one does. Both are kept up to date by every write, both take room in memory, and the planner has to weigh both.',
  bad: [
    { files: orders(BY_STATUS, LONG), finds: at('21:3') },
    { title: 'the primary key', files: orders(over('index "idx_orders_id"', 'id')), finds: at('21:3') },
    {
      title: 'a unique index over the same columns',
      files: orders(BY_STATUS, unique('uq_orders_status', 'status')),
      finds: at('21:3'),
    },
    {
      title: 'the same index twice',
      files: orders(unique('idx_orders_code', 'code'), unique('uq_orders_code', 'code')),
      finds: at('25:3'),
    },
    {
      title: 'an expression',
      files: orders(
        '  index "idx_orders_lower_code" {\n    on {\n      expr = "lower(code)"\n    }\n  }',
        '  index "idx_orders_lower_code_status" {\n    on {\n      expr = "lower(code)"\n    }\n    on {\n      column = column.status\n    }\n  }',
      ),
      finds: at('21:3'),
    },
  ],
  good: [
    { files: orders(LONG) },
    {
      title: 'a unique index says something about the rows',
      files: orders(unique('uq_orders_status', 'status'), LONG),
    },
    { title: 'the second column first', files: orders(over('index "idx_orders_code"', 'code'), LONG) },
    {
      title: 'an index over some rows',
      files: orders(
        on('idx_orders_status_open', '', 'status').replace(
          'columns = [column.status]',
          'columns = [column.status]\n    where   = "code IS NULL"',
        ),
        LONG,
      ),
    },
    {
      title: 'another kind of index',
      files: orders(
        on('idx_orders_tags', 'type    = GIN\n    ', 'tags'),
        over('index "idx_orders_tags_code"', 'tags', 'code'),
      ),
    },
    {
      title: 'another direction',
      files: orders(
        '  index "idx_orders_status_desc" {\n    on {\n      desc   = true\n      column = column.status\n    }\n  }',
        LONG,
      ),
    },
  ],
};
