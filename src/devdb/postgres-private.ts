import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { foreignEnvironment } from '../process/environment.ts';
import type { DevServer } from './dev-server.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { connectPostgres } from './postgres-connection.ts';
import { createDatabaseSql } from './postgres-database.ts';
import { postgresTemplate } from './postgres-template.ts';
import { databaseUrl } from './postgres-url.ts';
import { databaseLabel } from './run-databases.ts';
import { chooseServerFolder } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';
import { startWatched } from './watchdog.ts';

/** The template has 10 MB, each database 7 more, and the log of three plans another ten. */
const ROOM = 128 * 1024 * 1024;
const PORT = 5432;
const SETTINGS = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'shared_buffers=16MB',
  'max_connections=20',
  'max_wal_size=32MB',
  'autovacuum=off',
  // In the data directory instead of /dev/shm, where a killed server would leave it.
  'dynamic_shared_memory_type=mmap',
  // A default of type timestamptz is shown in the session's zone.
  'timezone=UTC',
  'log_timezone=UTC',
];

/**
 * Starts a Postgres server that only this run can reach: a copy of the template, a socket in a 0700 folder, no TCP.
 * It is gone with this process, whatever ends that.
 *
 * @throws CheckError `devdb-failed`
 */
export async function startPrivatePostgres(binaries: PostgresBinaries, user: ServerUser): Promise<DevServer> {
  const template = await postgresTemplate(binaries, user);
  const folder = await chooseServerFolder(ROOM, `.s.PGSQL.${PORT}`, user);
  const watched = await startWatched({
    label: `${binaries.label} in ${binaries.bin}`,
    folder,
    template,
    command: [
      join(binaries.bin, 'postgres'),
      ...['-D', join(folder, 'data'), '-k', folder, '-p', String(PORT)],
      ...SETTINGS.flatMap((setting) => ['-c', setting]),
    ],
    stopSignals: ['QUIT', 'TERM'],
    user,
    env: foreignEnvironment('/'),
    ready: /database system is ready to accept connections/,
  });
  try {
    const admin = await connectPostgres({
      host: folder,
      port: PORT,
      user: 'postgres',
      // Given although there is nothing to say: what is left out is taken from the user's PG* variables.
      password: 'none',
      options: '-c client_min_messages=warning',
      database: 'template1',
      ssl: false,
    });
    const version = (await admin.query('SHOW server_version'))[0]?.[0] ?? '';
    return privateServer({ description: `${binaries.label} ${version}`, version, folder, admin, watched });
  } catch (error) {
    await watched.stop();
    throw new CheckError(
      'devdb-failed',
      `The ${binaries.label} started but can't be used: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
}

function privateServer(parts: {
  description: string;
  version: string;
  folder: string;
  admin: Awaited<ReturnType<typeof connectPostgres>>;
  watched: Awaited<ReturnType<typeof startWatched>>;
}): DevServer {
  const { description, version, folder, admin, watched } = parts;
  const url = `postgres://postgres@/template1?host=${encodeURIComponent(folder)}&sslmode=disable`;
  let count = 0;
  let closed: Promise<void> | undefined;
  return {
    description,
    standIn: null,
    version,
    async createDatabase(name, options) {
      count += 1;
      const database = `${databaseLabel(name)}_${count}`;
      try {
        await admin.query(createDatabaseSql(database, 'template1', version));
      } catch (error) {
        throw new CheckError('devdb-failed', `The ${description} can't make a database: ${String(error)}`, {
          cause: error,
        });
      }
      return databaseUrl(url, database, options);
    },
    isAlive: async () => watched.isRunning() && (await admin.isAlive()),
    close() {
      closed ??= admin.close().then(() => watched.stop());
      return closed;
    },
  };
}
