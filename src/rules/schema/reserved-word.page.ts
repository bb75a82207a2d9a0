import type { RulePage } from '../page.ts';
import { at, inMysql, mysql, options, postgres, table } from './example-schemas.ts';

export const page: RulePage = {
  wants:
    "No table, column or enum has a name that is a reserved word in one of the project's dialects. Words that a dialect merely knows, such as `name` and `status`, are not reserved.",
  why: 'Every query has to quote such a name, with double quotes in Postgres and with backticks in MySQL. One that forgets to is refused, or worse: `SELECT user` in Postgres gives the name of whoever is connected.',
  bad: [
    { files: postgres(table('user', ['order bigint'])), finds: at('4:7', '9:10') },
    { title: 'a word of MySQL', files: mysql(table('orders', ['rank int'])), finds: inMysql('11:10') },
    {
      title: 'a word of another dialect of the project',
      files: {
        ...postgres(table('orders', ['key text'])),
        ...mysql(table('orders', ['key text'])),
      },
      finds: [...inMysql('11:10'), ...at('9:10')],
    },
    {
      title: 'an enum',
      files: postgres('enum "grant" {\n  schema = schema.public\n  values = ["read"]\n}\n'),
      finds: at('4:6'),
    },
  ],
  good: [
    { files: postgres(table('users', ['order_number bigint'])) },
    {
      title: 'words that are not reserved',
      files: postgres(table('orders', ['name text', 'status text', 'key text', 'value text', 'rank int'])),
    },
    {
      title: 'a word that is right here',
      files: { ...mysql(table('orders', ['rank int'])), ...options('reserved-word', '{allow: [rank]}') },
    },
  ],
};
