import type { RulePage } from '../page.ts';
import { at, check, options, postgres, table } from './example-schemas.ts';

function orders(...rest: readonly string[]): Readonly<Record<string, string>> {
  return postgres(table('orders', ['size int', 'weight int'], ...rest));
}

export const page: RulePage = {
  wants:
    'A check of one column is called `chk_{table}_{column}`, with further words behind it if it likes; one of several columns begins with `chk_{table}_`. The names that Postgres gives to what has none, `orders_size_check` and `orders_check`, are right too. `dbcheck lint --fix` renames those of one column; code that looks for the name of a violated check has to be changed by hand.',
  why: 'What a violated check tells an application is its name, and code that turns it into words for a person looks at nothing else.',
  bad: [
    { files: orders(check('positive', 'size > 0')), finds: at('18:9') },
    { title: 'another column', files: orders(check('chk_orders_weight', 'size > 0')), finds: at('18:9') },
    { title: 'several columns', files: orders(check('light', 'weight < size')), finds: at('18:9') },
    {
      title: 'a name that Postgres gives, where the option does not want it',
      files: {
        ...orders(check('orders_size_check', 'size > 0')),
        ...options('check-name', '{generated: false}'),
      },
      finds: at('18:9'),
    },
    {
      title: 'another pattern',
      files: {
        ...orders(check('chk_orders_size', 'size > 0')),
        ...options('check-name', "{pattern: 'ck_{table}_{column}'}"),
      },
      finds: at('18:9'),
    },
  ],
  good: [
    { files: orders(check('chk_orders_size', 'size > 0')) },
    {
      title: 'two of one column',
      files: orders(check('chk_orders_size_low', 'size > 0'), check('chk_orders_size_high', 'size < 9')),
    },
    { title: 'several columns', files: orders(check('chk_orders_light', 'weight < size')) },
    {
      title: 'names that Postgres gives',
      files: orders(check('orders_size_check', 'size > 0'), check('orders_check1', 'weight < size')),
    },
    { title: 'a column in a text', files: orders(check('chk_orders_size', "size::text <> 'weight'")) },
  ],
};
