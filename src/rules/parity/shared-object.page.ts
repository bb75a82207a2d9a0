import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const SQLC = SHOP.sqlcPostgres.replace(
  'schema: schemas/postgres/shop.sql',
  'schema: [schemas/postgres/shop.sql, schemas/postgres/stock.sql]',
);
const STOCK = 'tools/atlas/schemas/postgres/stock.hcl';

export const page: RulePage = {
  wants: 'A table or type that stands in several databases of one sqlc package has one definition.',
  why: 'sqlc makes one Go type of it, from the first database that defines it. Rows of the other are read into fields that they do not have, or lose some.',
  bad: [
    {
      title: '`orders` stands in `shop` and in `stock`, with a longer status there',
      files: {
        [AT.postgres]: SHOP.postgres,
        [STOCK]: SHOP.postgres.replace('varchar(16)', 'varchar(32)'),
        [AT.sqlcPostgres]: SQLC,
        [AT.queries]: SHOP.queries,
      },
      finds: null,
      at: AT.postgres,
    },
  ],
  good: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [STOCK]: SHOP.postgres,
        [AT.sqlcPostgres]: SQLC,
        [AT.queries]: SHOP.queries,
      },
    },
  ],
};
