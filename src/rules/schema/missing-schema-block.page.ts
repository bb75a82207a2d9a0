import type { RulePage } from '../page.ts';
import { at, PLACE, postgres, table } from './example-schemas.ts';

const ENUM = 'enum "state" {\n  schema = schema.public\n  values = ["open", "paid"]\n}\n';

export const page: RulePage = {
  wants: 'The files of a database hold a block `schema`, even if it is empty.',
  why: 'A schema that is not declared is one to drop: from files without tables Atlas plans `DROP SCHEMA "public" CASCADE`, and from files with tables it plans nothing and says that a variable is unknown.',
  bad: [
    { files: { [PLACE.postgres]: table('orders') }, finds: at('1:1') },
    { title: 'an enum alone', files: { [PLACE.postgres]: ENUM }, finds: at('1:1') },
    {
      title: 'nothing but words',
      files: { [PLACE.postgres]: '# tables will come\n' },
      finds: [PLACE.postgres],
    },
  ],
  good: [
    { files: postgres(table('orders')) },
    { title: 'a database without tables', files: postgres() },
    {
      title: 'a folder in which one file has it',
      files: {
        'dbcheck.config.yaml': 'schemas: tools/atlas/schemas/{dialect}/{database}/\n',
        'tools/atlas/schemas/postgres/shop/orders.hcl': table('orders'),
        'tools/atlas/schemas/postgres/shop/schema.hcl': 'schema "public" {\n}\n',
      },
    },
  ],
};
