import { Client } from 'pg';

/** Runs statements in a session of its own and returns the rows of the last one, as text. */
export async function sql(url: string, ...statements: string[]): Promise<string[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: string[][] = [];
    for (const text of statements) {
      rows = (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.map((row) => row.map(String));
    }
    return rows;
  } finally {
    await client.end();
  }
}
