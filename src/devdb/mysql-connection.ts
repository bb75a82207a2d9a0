import { connect, type Socket } from 'node:net';
import type { RowDataPacket } from 'mysql2/promise';
import type { MysqlAddress } from './mysql-url.ts';

/** One session on a server of the MySQL family. Statements are sent one after the other, in the order of the calls. */
export interface MysqlConnection {
  /** @returns the rows, each with its columns as text or null; none for a statement without a result */
  query(sql: string): Promise<(string | null)[][]>;
  /** Whether the session still answers. */
  isAlive(): Promise<boolean>;
  /** Never throws. */
  close(): Promise<void>;
}

const CONNECT_MILLISECONDS = 15_000;
const ANSWER_MILLISECONDS = 10_000;

/** The client library, loaded for whoever can do so before there is a server. */
export function loadMysqlClient(): Promise<typeof import('mysql2/promise')> {
  return import('mysql2/promise');
}

/**
 * Opens a session, in no database. It does not keep the program from ending.
 *
 * @throws whatever the client library throws
 */
export async function connectMysql(address: MysqlAddress): Promise<MysqlConnection> {
  const { createConnection } = await loadMysqlClient();
  const socket = await openSocket(address);
  const { user, password, encryption } = address;
  const session = await createConnection({
    ...{ user, password, stream: socket, rowsAsArray: true, connectTimeout: CONNECT_MILLISECONDS },
    ...(encryption === 'none' ? {} : { ssl: { rejectUnauthorized: encryption === 'verified' } }),
    typeCast: (field) => field.string(),
  });
  let lost = false;
  // Without a listener a server that dies between two statements would end the program.
  session.on('error', () => {
    lost = true;
  });
  socket.on('close', () => {
    lost = true;
  });
  socket.unref();
  let open = 0;
  const query: MysqlConnection['query'] = async (sql) => {
    open += 1;
    socket.ref();
    try {
      const [rows] = await session.query<RowDataPacket[][]>(sql);
      return Array.isArray(rows) ? rows.map((row) => Object.values(row).map(textOrNull)) : [];
    } finally {
      open -= 1;
      if (open === 0) socket.unref();
    }
  };
  return {
    query,
    async isAlive() {
      if (lost) return false;
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), ANSWER_MILLISECONDS);
      });
      const answer = query('SELECT 1').then(
        () => true,
        () => false,
      );
      return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
    },
    async close() {
      socket.ref();
      if (lost) session.destroy();
      else await session.end().catch(() => {});
    },
  };
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Our own socket, because the library's can't be told to let the program end. */
function openSocket({ at }: MysqlAddress): Promise<Socket> {
  const socket = 'socketPath' in at ? connect(at.socketPath) : connect(at.port, at.host);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      socket.destroy(new Error(`no answer within ${CONNECT_MILLISECONDS / 1000} seconds`));
    }, CONNECT_MILLISECONDS);
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(late));
    socket.once('connect', () => {
      clearTimeout(late);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
