import { AT, SHOP } from '../example-files.ts';

type Files = Readonly<Record<string, string>>;

/** The shop with these lines as its queries; the other query files too, if a page is about several. */
export function postgresQueries(lines: readonly string[], others: Files = {}): Files {
  const schema = `${SHOP.sqlcSchema}\nCREATE TABLE items (\n  order_id bigint NOT NULL,\n  position int NOT NULL,\n  title text NOT NULL,\n  PRIMARY KEY (order_id, position)\n);\n`;
  return {
    [AT.sqlcPostgres]: SHOP.sqlcPostgres,
    [AT.sqlcSchema]: schema,
    [AT.queries]: `${lines.join('\n')}\n`,
    ...others,
  };
}

export function mysqlQueries(lines: readonly string[]): Files {
  return {
    [AT.sqlcMysql]: SHOP.sqlcMysql,
    'tools/sqlc/schemas/mysql/shop.sql': SHOP.sqlcSchema,
    [AT.mysqlQueries]: `${lines.join('\n')}\n`,
  };
}

/** Where the queries of `sqliteQueries` stand. */
export const SQLITE_QUERIES = 'tools/sqlc/queries/sqlite/orders.sql';

export function sqliteQueries(lines: readonly string[]): Files {
  return {
    'tools/sqlc/sqlc_sqlite.yml': SHOP.sqlcPostgres
      .replaceAll('postgresql', 'sqlite')
      .replaceAll('postgres', 'sqlite'),
    'tools/sqlc/schemas/sqlite/shop.sql': SHOP.sqlcSchema,
    [SQLITE_QUERIES]: `${lines.join('\n')}\n`,
  };
}
