import type { MysqlConnection } from './mysql-connection.ts';

/** What a server of the MySQL family is. */
export interface MysqlProduct {
  readonly product: 'MySQL' | 'MariaDB';
  /** Without the packager's words: `8.0.36`, `10.11.6`. */
  readonly version: string;
}

/** Asks the server: a program named mysqld may be MariaDB, and a URL with mysql:// may lead to one. */
export async function askProduct(session: MysqlConnection): Promise<MysqlProduct> {
  return readProduct((await session.query('SELECT VERSION()'))[0]?.[0] ?? '');
}

/** Reads `SELECT VERSION()`: `8.0.36-0ubuntu0.22.04.1`, `10.11.6-MariaDB-0+deb12u1`. */
export function readProduct(said: string): MysqlProduct {
  // Old MariaDB pretends over the wire to be MySQL 5.5.5, its own version follows.
  const version = /^(?:5\.5\.5-)?(\d+(?:\.\d+)*)/.exec(said)?.[1] ?? said;
  return { product: /mariadb/i.test(said) ? 'MariaDB' : 'MySQL', version };
}
