import { CheckError } from '../errors.ts';
import type { DevServer } from './dev-server.ts';
import { maskUrl } from './mask-url.ts';
import { connectMysql, type MysqlConnection } from './mysql-connection.ts';
import { createDatabaseSql } from './mysql-database.ts';
import { askProduct, type MysqlProduct } from './mysql-product.ts';
import { databaseUrl, mysqlAddress, namesMariadb } from './mysql-url.ts';
import { isNoUrl, noServer } from './no-server.ts';
import { abandonedDatabases, newRunName, RUN_DATABASES_PATTERN, runDatabaseName } from './run-databases.ts';

/**
 * Connects to a server that somebody else runs. Databases are made on it under names that no other run uses, and
 * dropped at the end; those of a run that was killed are dropped here, by the next one.
 *
 * @param url of one of Atlas's schemes for the MySQL family; its database is not used
 * @throws CheckError `devdb-unreachable`
 */
export async function openGivenMysql(url: string): Promise<DevServer> {
  const session = await connect(url);
  try {
    const run = await newRunName();
    await session.query(`SELECT GET_LOCK('${lockName(run)}', 0)`);
    await dropLeftovers(session);
    return givenServer(url, session, run, await askProduct(session));
  } catch (error) {
    await session.close();
    throw unreachable(url, error);
  }
}

function givenServer(url: string, session: MysqlConnection, run: string, is: MysqlProduct): DevServer {
  const made: string[] = [];
  let count = 0;
  let closed: Promise<void> | undefined;
  const dropAll = async () => {
    for (const name of made) await session.query(`DROP DATABASE IF EXISTS \`${name}\``).catch(() => {});
    await session.close();
  };
  return {
    description: `${is.product} ${is.version} at ${maskUrl(url)}`,
    version: is.version,
    standIn: is.product === 'MariaDB' && !namesMariadb(url) ? is.product : null,
    async createDatabase(name, options) {
      if (options.qualified) {
        throw new CheckError('devdb-failed', `${maskUrl(url)} can't plan names with their schema`, {
          hint: 'Atlas needs an empty server of its own for them: set devDatabase.mysql to system or docker://mysql/8, or migrations.qualified to false',
        });
      }
      count += 1;
      const database = runDatabaseName(run, count, name);
      try {
        await session.query(createDatabaseSql(database, options));
      } catch (error) {
        throw new CheckError('devdb-failed', `${maskUrl(url)} can't make a database: ${reason(error)}`, {
          hint: "give the URL's user the right to do it (GRANT ALL ON `dbcheck\\_%`.*), or set devDatabase.mysql to system",
          cause: error,
        });
      }
      made.push(database);
      return databaseUrl(url, database);
    },
    isAlive: () => session.isAlive(),
    close() {
      closed ??= dropAll();
      return closed;
    },
  };
}

async function connect(url: string): Promise<MysqlConnection> {
  try {
    return await connectMysql(mysqlAddress(url));
  } catch (error) {
    throw unreachable(url, error);
  }
}

/**
 * The lock that a run holds as long as its session lives: it says to every other run, of whatever machine, that the
 * databases with this run's name are in use.
 */
function lockName(run: string): string {
  return `dbcheck_${run}`;
}

async function dropLeftovers(session: MysqlConnection): Promise<void> {
  const rows = await session.query(
    `SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '${RUN_DATABASES_PATTERN.replace(/\\/g, '\\\\')}'`,
  );
  const isHeld = async (run: string) => {
    const [row] = await session.query(`SELECT IS_USED_LOCK('${lockName(run)}')`);
    return row?.[0] !== null;
  };
  for (const name of await abandonedDatabases(
    rows.flatMap(([name]) => (name ? [name] : [])),
    isHeld,
  )) {
    await session.query(`DROP DATABASE IF EXISTS \`${name}\``).catch(() => {});
  }
}

function unreachable(url: string, error: unknown): CheckError {
  if (isNoUrl(error)) return noServer('mysql', url, 'which is no URL');
  return new CheckError(
    'devdb-unreachable',
    `The dev database ${maskUrl(url)} can't be reached: ${reason(error)}`,
    { hint: 'start the server, correct devDatabase.mysql, or set it to system', cause: error },
  );
}

function reason(error: unknown): string {
  // A name with several addresses fails once for each, and the error that holds them has no text of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reason))].join(', ');
  return maskUrl(error instanceof Error ? error.message : String(error));
}
