import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants:
    'A column holds the same kind of values in each dialect: `bigint` and `bigint`, `timestamptz` and `datetime`, `jsonb` and `json`, `uuid` and `binary(16)`, texts of one length, numbers with the same digits, enums of the same values.',
  why: 'A value that the one dialect takes is cut off or refused by the other, and the Go types differ. What can be meant is let go: a text for a `uuid`, a `tinyint(1)` for a `boolean`, a longer `text` for a `varchar`.',
  bad: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.mysql]: SHOP.mysql.replace('type = bigint', 'type = int').replace('varchar(16)', 'varchar(8)'),
      },
      finds: [`${AT.mysql}:10:12`, `${AT.mysql}:14:12`],
    },
    {
      title: 'an enum that lacks a value',
      files: {
        [AT.postgres]: `${SHOP.postgres.replace('varchar(16)', 'enum.order_status')}enum "order_status" {
  schema = schema.public
  values = ["open", "paid", "sent"]
}
`,
        [AT.mysql]: SHOP.mysql.replace('varchar(16)', 'enum("open", "paid")'),
      },
      finds: [`${AT.mysql}:14:12`],
    },
  ],
  good: [
    { files: { [AT.postgres]: SHOP.postgres, [AT.mysql]: SHOP.mysql } },
    {
      title: 'types that go by other names',
      files: {
        [AT.postgres]: SHOP.postgres.replace('varchar(16)', 'timestamptz'),
        [AT.mysql]: SHOP.mysql.replace('varchar(16)', 'datetime(6)'),
      },
    },
    {
      title: 'a text where the other has an enum',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.mysql]: SHOP.mysql.replace('varchar(16)', 'enum("open", "paid")'),
      },
    },
  ],
};
