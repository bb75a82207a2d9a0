import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

function withIndex(schema: string, unique = false): string {
  const line = unique ? '    unique  = true\n' : '';
  return schema.replace(
    '    columns = [column.id]\n  }\n',
    `    columns = [column.id]\n  }\n  index "idx_orders_status" {\n${line}    columns = [column.status]\n  }\n`,
  );
}

export const page: RulePage = {
  wants:
    'Where one dialect has an index or a unique constraint over some columns, the others have one over the same columns, by whatever name. Partial indexes, expressions and kinds that one dialect alone has are left out, and the index that MySQL makes for a foreign key counts.',
  why: 'A unique constraint that is missing lets rows in that the other dialect refuses, and code relies on the refusal. An index that is missing is noticed when the table has grown.',
  bad: [
    {
      files: { [AT.postgres]: withIndex(SHOP.postgres), [AT.mysql]: SHOP.mysql },
      finds: [`${AT.postgres}:17:3`],
    },
    {
      title: 'unique in one of them alone',
      files: { [AT.postgres]: withIndex(SHOP.postgres), [AT.mysql]: withIndex(SHOP.mysql, true) },
      finds: [`${AT.mysql}:19:3`],
    },
  ],
  good: [
    {
      files: {
        [AT.postgres]: withIndex(SHOP.postgres),
        [AT.mysql]: withIndex(SHOP.mysql),
      },
    },
  ],
};
