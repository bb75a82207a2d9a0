import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const CONFIG = 'dbcheck.config.yaml';
const SQLC = { [AT.sqlcSchema]: SHOP.sqlcSchema, [AT.queries]: SHOP.queries };

export const page: RulePage = {
  wants:
    'A migrations folder holds migrations alone: no sqlc schema, generated code, query or HCL file is laid out in it.',
  why: 'Atlas runs every `.sql` file of the folder, and `dbcheck fix` keeps one of them: an sqlc schema or a query that lies there becomes a migration, or is deleted as a second baseline.',
  bad: [
    {
      files: {
        [CONFIG]: `sqlcSchemas: ${AT.migrations.replace('postgres/shop', '{dialect}/{database}')}/schema_{database}.sql\n`,
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
      },
      finds: [`${CONFIG}:1:1`],
    },
    {
      title: 'code among the migrations',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.sqlcPostgres]: SHOP.sqlcPostgres.replace(
          '../../store/postgres',
          '../atlas/migrations/postgres/shop/store',
        ),
        ...SQLC,
      },
      finds: [`${AT.sqlcPostgres}:9:9`],
    },
    {
      title: 'queries among the migrations',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.sqlcPostgres]: SHOP.sqlcPostgres.replace(
          'queries/postgres',
          '../atlas/migrations/postgres/shop/00_queries.sql',
        ),
        [AT.sqlcSchema]: SHOP.sqlcSchema,
        [`${AT.migrations}/00_queries.sql`]: SHOP.queries,
      },
      finds: [`${AT.migrations}/00_queries.sql`],
    },
    {
      title: 'the schema among its migrations',
      files: {
        [CONFIG]:
          'schemas: db/{dialect}/{database}/schema.hcl\nmigrations:\n  dir: db/{dialect}/{database}\n',
        'db/postgres/shop/schema.hcl': SHOP.postgres,
        'db/postgres/shop/20240131120000_initial_schema.sql': SHOP.baseline,
      },
      finds: [`${CONFIG}:1:1`],
    },
  ],
  good: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [AT.sqlcPostgres]: SHOP.sqlcPostgres,
        ...SQLC,
      },
    },
    {
      title: 'sqlc reads the migrations',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [AT.sqlcPostgres]: SHOP.sqlcPostgres.replace(
          'schemas/postgres/shop.sql',
          '../atlas/migrations/postgres/shop',
        ),
        [AT.queries]: SHOP.queries,
      },
    },
    {
      title: 'code beside the queries and above the migrations',
      files: {
        [CONFIG]: 'migrations:\n  dir: tools/sqlc/queries/{dialect}/migrations/{database}\n',
        [AT.postgres]: SHOP.postgres,
        [AT.sqlcPostgres]: SHOP.sqlcPostgres.replace('../../store/postgres', 'queries/postgres'),
        ...SQLC,
      },
    },
  ],
};
