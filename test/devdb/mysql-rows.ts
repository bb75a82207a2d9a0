import { connectMysql } from '../../src/devdb/mysql-connection.ts';
import { mysqlAddress } from '../../src/devdb/mysql-url.ts';

/**
 * Runs statements in a session of its own and returns the rows of the last one, as text. They begin in the URL's
 * database where it names one.
 */
export async function mysqlRows(url: string, ...statements: string[]): Promise<(string | null)[][]> {
  const session = await connectMysql(mysqlAddress(url));
  try {
    const database = databaseOf(url);
    if (database !== null) await session.query(`USE \`${database}\``);
    let rows: (string | null)[][] = [];
    for (const text of statements) rows = await session.query(text);
    return rows;
  } finally {
    await session.close();
  }
}

/** The database that Atlas is to work in. */
export function databaseOf(url: string): string | null {
  const found = /\+unix:/.test(url) ? /[?&]database=([^&]*)/.exec(url) : /\/\/[^/]*\/([^?]*)/.exec(url);
  return found?.[1] ?? null;
}
