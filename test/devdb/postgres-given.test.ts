import { once } from 'node:events';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { takeRunLockSql } from '../../src/devdb/postgres-run-lock.ts';
import { serverIdentity } from '../../src/devdb/server-identity.ts';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';
import { createScratch, type Scratch, sweepScratch } from '../../src/process/scratch.ts';
import { announcement, buildParentProgram, type ParentProgram } from './parent-program.ts';
import { sql } from './sql.ts';

let scratch: Scratch;
let host: DevServer;
let url: string;
let program: ParentProgram;
beforeAll(async () => {
  scratch = await createScratch();
  host = await openDevServer('postgres', 'embedded', { scratch });
  // A server that somebody else runs, for all that dbcheck knows.
  url = await host.createDatabase('given', { qualified: true });
  await sql(url, 'CREATE DATABASE template0 TEMPLATE given_1 IS_TEMPLATE true ALLOW_CONNECTIONS false');
  program = await buildParentProgram();
});
afterAll(async () => {
  await program.remove();
  await host.close();
  await scratch.remove();
  // The programs that were killed have left theirs.
  await sweepScratch();
});

const open = () => openDevServer('postgres', url, { scratch });
const ours = async () =>
  (await sql(url, `SELECT datname FROM pg_database WHERE datname LIKE 'dbcheck%' ORDER BY 1`)).flat();

describe('a given Postgres', () => {
  it('gets databases of its own, which are dropped at the end even in use', async () => {
    const server = await open();
    const first = await server.createDatabase('postgres/keygen', { qualified: false });
    const second = await server.createDatabase('postgres/keygen', { qualified: true });
    await sql(first, 'CREATE TABLE t (id int)');
    expect(await sql(second, `SELECT count(*) FROM pg_tables WHERE tablename = 't'`)).toEqual([['0']]);
    expect(first).toMatch(/search_path=public$/);
    expect(second).not.toContain('search_path');
    expect(await ours()).toHaveLength(2);
    expect(server.version).toBe(host.version);
    expect(await server.isAlive()).toBe(true);
    await server.close();
    await server.close();
    expect(await ours()).toEqual([]);
    expect(await server.isAlive()).toBe(false);
    expect(await host.isAlive()).toBe(true);
  });

  it('is rid of what a killed run left by the next, which keeps what a living one uses', async () => {
    const [dead, living] = [program.start(url), program.start(url)];
    const [left, kept] = [await announcement(dead), await announcement(living)];
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    const name = (text: string) => /\/(dbcheck_\w+)\?/.exec(text)?.[1];
    expect((await ours()).sort()).toEqual([name(left.url), name(kept.url)].sort());
    // The server may need a moment to see that the killed run's session is gone.
    await expect
      .poll(
        async () => {
          await (await open()).close();
          return ours();
        },
        { timeout: 20_000 },
      )
      .toEqual([name(kept.url)]);
    living.kill('SIGKILL');
    await once(living, 'exit');
  });

  it('keeps databases that only look like ours', async () => {
    const self = await currentOwner();
    const living = `dbcheck_${formatOwner(self)}_abcd_1_x`;
    const foreign = `dbcheck_${formatOwner({ ...self, host: '0badca' })}_abcd_1_x`;
    for (const name of ['dbcheck_notes', 'dbcheckers', living, foreign])
      await sql(url, `CREATE DATABASE ${name} TEMPLATE template0`);
    await (await open()).close();
    // Nobody holds the lock of the other machine's run, so that one is dead.
    expect(await ours()).toEqual(['dbcheck_notes', 'dbcheckers', living].sort());
    for (const name of await ours()) await sql(url, `DROP DATABASE ${name}`);
  });

  it("keeps another machine's databases as long as that one's session is there", async () => {
    const run = `${formatOwner({ ...(await currentOwner()), host: '0badca' })}_abcd`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(takeRunLockSql(run));
    await sql(url, `CREATE DATABASE dbcheck_${run}_1_x TEMPLATE template0`);
    await (await open()).close();
    expect(await ours()).toEqual([`dbcheck_${run}_1_x`]);
    await client.end();
    await expect
      .poll(
        async () => {
          await (await open()).close();
          return ours();
        },
        { timeout: 20_000 },
      )
      .toEqual([]);
  });

  it('is not usable without the right to make databases, and says so', async () => {
    await sql(url, 'CREATE ROLE guest LOGIN');
    const server = await openDevServer('postgres', url.replace('postgres@', 'guest:secret@'), { scratch });
    const failure = await server.createDatabase('x', { qualified: true }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'devdb-failed', hint: expect.stringContaining('CREATEDB') });
    expect(String(failure)).toMatch(/guest:\*\*\*@.*permission denied to create database/);
    await server.close();
  });

  it('has no identity that would hold until the next run', async () => {
    expect(await serverIdentity('postgres', url)).toBeNull();
  });

  it('that does not answer is an error without the password', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = typeof address === 'object' ? address?.port : 0;
    probe.close();
    await once(probe, 'close');
    for (const wrong of [
      `postgres://u:secret@127.0.0.1:${port}/dev?sslmode=disable`,
      'postgres://u:secret@/dev?host=/nowhere',
      'postgres://u:secret%zz@h/dev',
    ]) {
      const error = await openDevServer('postgres', wrong, { scratch }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'devdb-unreachable', hint: expect.any(String) });
      expect(String(error)).toContain('postgres://u:***@');
      expect(JSON.stringify(error) + String(error)).not.toContain('secret');
    }
  });

  it('without encryption is reached only where the URL says so, as by Atlas', async () => {
    // A server without encryption answers N to the request for it.
    const plain = createServer((socket) => socket.once('data', () => socket.end('N'))).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const address = plain.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(
      openDevServer('postgres', `postgres://u@127.0.0.1:${port}/dev`, { scratch }),
    ).rejects.toMatchObject({
      code: 'devdb-unreachable',
      hint: expect.stringContaining('sslmode=disable'),
    });
    plain.close();
  });
});
