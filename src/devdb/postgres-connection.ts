import { Socket } from 'node:net';
import type { ClientConfig } from 'pg';

/** One session on a Postgres server. Statements are sent one after the other, in the order of the calls. */
export interface PostgresConnection {
  /** @returns the rows, each with its columns as text or null */
  query(sql: string, values?: readonly string[]): Promise<(string | null)[][]>;
  /** Whether the session still answers. */
  isAlive(): Promise<boolean>;
  /** Never throws. */
  close(): Promise<void>;
}

const CONNECT_MILLISECONDS = 15_000;
const ANSWER_MILLISECONDS = 10_000;

/**
 * Opens a session. It does not keep the program from ending.
 *
 * @throws whatever the client library throws
 */
export async function connectPostgres(config: ClientConfig): Promise<PostgresConnection> {
  const { Client } = (await import('pg')).default;
  const socket = new Socket();
  const client = new Client({
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    stream: () => socket,
    ...config,
  });
  let lost = false;
  // Without a listener a server that dies between two statements would end the program.
  client.on('error', () => {
    lost = true;
  });
  client.on('end', () => {
    lost = true;
  });
  await client.connect();
  socket.unref();
  const { default: pLimit } = await import('p-limit');
  const oneAtATime = pLimit(1);
  const query: PostgresConnection['query'] = (sql, values = []) => oneAtATime(send, sql, values);
  const send = async (sql: string, values: readonly string[]) => {
    socket.ref();
    try {
      const { rows } = await client.query<(string | null)[]>({
        text: sql,
        values: [...values],
        rowMode: 'array',
        types: { getTypeParser: () => (value: string) => value },
      });
      return rows;
    } finally {
      socket.unref();
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
      await client.end().catch(() => {});
    },
  };
}
