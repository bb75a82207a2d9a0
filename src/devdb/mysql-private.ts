import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { foreignEnvironment } from '../process/environment.ts';
import type { DevServer } from './dev-server.ts';
import type { MysqlBinary } from './mysql-binaries.ts';
import { type ServerDefaults, SOCKET_NAME, serverCommand } from './mysql-command.ts';
import { connectMysql, loadMysqlClient, type MysqlConnection } from './mysql-connection.ts';
import { createDatabaseSql } from './mysql-database.ts';
import { askProduct, type MysqlProduct } from './mysql-product.ts';
import { mysqlTemplate } from './mysql-template.ts';
import { databaseUrl, mysqlAddress } from './mysql-url.ts';
import { databaseLabel } from './run-databases.ts';
import { chooseServerFolder } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';
import { startWatched, type Watched } from './watchdog.ts';

/** A MariaDB has 23 MB after some plans; MySQL's data directory has more than 100. */
const ROOM = { MariaDB: 64 * 1024 * 1024, MySQL: 256 * 1024 * 1024 };

interface Running {
  /** For Atlas, without a database. */
  readonly url: string;
  readonly admin: MysqlConnection;
  readonly watched: Watched;
  readonly is: MysqlProduct;
}

/**
 * Starts a server of the MySQL family that only this run can reach: a socket in a 0700 folder, no TCP. It is gone
 * with this process, whatever ends that.
 *
 * @throws CheckError `devdb-failed`
 */
export async function startPrivateMysql(binary: MysqlBinary, user: ServerUser): Promise<DevServer> {
  const first = await start(binary, user);
  const { product, version } = first.is;
  const description = `${product} ${version}`;
  const all: Promise<Running>[] = [Promise.resolve(first)];
  let count = 0;
  let closed: Promise<void> | undefined;
  const closeAll = async () => {
    const running = await Promise.allSettled(all);
    await Promise.all(running.map((one) => (one.status === 'fulfilled' ? stop(one.value) : undefined)));
  };
  return {
    ...{ description, version },
    standIn: product === 'MariaDB' ? product : null,
    async createDatabase(name, options) {
      if (options.qualified) {
        // Atlas plans qualified names on a whole server, which must be empty and stay its own.
        const own = start(binary, user, options);
        all.push(own);
        return (await own).url;
      }
      count += 1;
      const database = `${databaseLabel(name)}_${count}`;
      try {
        await first.admin.query(createDatabaseSql(database, options));
      } catch (error) {
        throw new CheckError('devdb-failed', `The ${description} can't make a database: ${String(error)}`, {
          cause: error,
        });
      }
      return databaseUrl(first.url, database);
    },
    isAlive: async () => first.watched.isRunning() && (await first.admin.isAlive()),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}

async function start(binary: MysqlBinary, user: ServerUser, defaults: ServerDefaults = {}): Promise<Running> {
  const template = await mysqlTemplate(binary, user);
  const folder = await chooseServerFolder(ROOM[binary.product], SOCKET_NAME, user);
  const starting = startWatched({
    label: `${binary.product} in ${binary.path}`,
    folder,
    template,
    command: serverCommand(binary, folder, defaults),
    // Nothing is to be saved, and a server that is just starting heeds nothing else.
    stopSignals: ['KILL'],
    user,
    env: foreignEnvironment('/'),
    ready: /: ready for connections/,
  });
  // Meanwhile, since it takes a good part of the time that the server takes. What it throws, connecting throws again.
  loadMysqlClient().catch(() => undefined);
  const watched = await starting;
  const url = `mysql+unix://root@${join(folder, SOCKET_NAME)}`;
  try {
    const admin = await connectMysql(mysqlAddress(url));
    return { url, admin, watched, is: await askProduct(admin) };
  } catch (error) {
    await watched.stop();
    throw new CheckError('devdb-failed', `${binary.path} started but can't be used: ${String(error)}`, {
      cause: error,
    });
  }
}

async function stop({ admin, watched }: Running): Promise<void> {
  await admin.close();
  await watched.stop();
}
