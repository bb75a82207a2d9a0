import { CheckError } from '../errors.ts';
import type { DevServer } from './dev-server.ts';
import { maskUrl } from './mask-url.ts';
import { isNoUrl, noServer } from './no-server.ts';
import { connectPostgres, type PostgresConnection } from './postgres-connection.ts';
import { createDatabaseSql } from './postgres-database.ts';
import { HELD_RUN_LOCKS_SQL, lockKey, takeRunLockSql } from './postgres-run-lock.ts';
import { clientUrl, databaseUrl } from './postgres-url.ts';
import { abandonedDatabases, newRunName, RUN_DATABASES_PATTERN, runDatabaseName } from './run-databases.ts';

/**
 * Connects to a server that somebody else runs. Databases are made on it under names that no other run uses, and
 * dropped at the end; those of a run that was killed are dropped here, by the next one.
 *
 * @param url `postgres://…`; its database is only connected to
 * @throws CheckError `devdb-unreachable`
 */
export async function openGivenPostgres(url: string): Promise<DevServer> {
  const session = await connect(url);
  try {
    const run = await newRunName();
    await session.query(takeRunLockSql(run));
    await dropLeftovers(session);
    return givenServer(url, session, run, await versionOf(session));
  } catch (error) {
    await session.close();
    throw unreachable(url, error);
  }
}

function givenServer(url: string, session: PostgresConnection, run: string, version: string): DevServer {
  const made: string[] = [];
  let count = 0;
  let closed: Promise<void> | undefined;
  const dropAll = async () => {
    // Since Postgres 13; a tool that was killed may still be connected.
    const force = Number.parseInt(version, 10) >= 13 ? ' WITH (FORCE)' : '';
    for (const name of made) await session.query(`DROP DATABASE IF EXISTS "${name}"${force}`).catch(() => {});
    await session.close();
  };
  return {
    description: `Postgres ${version} at ${maskUrl(url)}`,
    standIn: null,
    version,
    async createDatabase(name, options) {
      count += 1;
      const database = runDatabaseName(run, count, name);
      try {
        await session.query(createDatabaseSql(database, 'template0', version));
      } catch (error) {
        throw new CheckError('devdb-failed', `${maskUrl(url)} can't make a database: ${reason(error)}`, {
          hint: "give the URL's role the right to do it (ALTER ROLE … CREATEDB), or set devDatabase.postgres to embedded",
          cause: error,
        });
      }
      made.push(database);
      return databaseUrl(url, database, options);
    },
    isAlive: () => session.isAlive(),
    close() {
      closed ??= dropAll();
      return closed;
    },
  };
}

async function connect(url: string): Promise<PostgresConnection> {
  try {
    return await connectPostgres({ connectionString: clientUrl(url) });
  } catch (error) {
    throw unreachable(url, error);
  }
}

async function versionOf(session: PostgresConnection): Promise<string> {
  return (await session.query('SHOW server_version'))[0]?.[0] ?? '';
}

/** Drops the databases of dead runs. */
async function dropLeftovers(session: PostgresConnection): Promise<void> {
  const rows = await session.query(
    `SELECT datname FROM pg_database WHERE datname LIKE '${RUN_DATABASES_PATTERN}'`,
  );
  if (rows.length === 0) return;
  const locks = await session.query(HELD_RUN_LOCKS_SQL);
  const held = new Set(locks.map(([key]) => key));
  const names = rows.flatMap(([name]) => (name ? [name] : []));
  // Without FORCE: where somebody is still connected, the next run tries again. So it does with another role's.
  for (const name of await abandonedDatabases(names, (run) => held.has(String(lockKey(run))))) {
    await session.query(`DROP DATABASE IF EXISTS "${name}"`).catch(() => {});
  }
}

function unreachable(url: string, error: unknown): CheckError {
  if (isNoUrl(error)) return noServer('postgres', url, 'which is no URL');
  const ssl = /does not support SSL/.test(reason(error));
  return new CheckError(
    'devdb-unreachable',
    `The dev database ${maskUrl(url)} can't be reached: ${reason(error)}`,
    {
      hint: ssl
        ? 'add sslmode=disable to the URL'
        : 'start the server, correct devDatabase.postgres, or set it to embedded',
      cause: error,
    },
  );
}

function reason(error: unknown): string {
  // A name with several addresses fails once for each, and the error that holds them has no text of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reason))].join(', ');
  return maskUrl(error instanceof Error ? error.message : String(error));
}
