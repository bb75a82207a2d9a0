import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { connectMysql } from '../../src/devdb/mysql-connection.ts';
import { mysqlAddress } from '../../src/devdb/mysql-url.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { serverIdentity } from '../../src/devdb/server-identity.ts';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';
import { createScratch, type Scratch, sweepScratch } from '../../src/process/scratch.ts';
import { databaseOf, mysqlRows } from './mysql-rows.ts';
import { announcement, buildParentProgram, type ParentProgram } from './parent-program.ts';

let scratch: Scratch;
let host: DevServer;
let url: string;
let program: ParentProgram;
beforeAll(async () => {
  scratch = await createScratch();
  host = await openDevServer('mysql', 'system', { scratch });
  // A server that somebody else runs, for all that dbcheck knows.
  url = (await host.createDatabase('given', { qualified: false })).replace(/\?.*/, '');
  program = await buildParentProgram();
});
afterAll(async () => {
  await program.remove();
  await host.close();
  await scratch.remove();
  // The programs that were killed have left theirs.
  await sweepScratch();
});

const open = () => openDevServer('mysql', url, { scratch });
const ours = async () =>
  (await mysqlRows(url, 'SHOW DATABASES'))
    .flat()
    .filter((name) => name?.startsWith('dbcheck'))
    .sort();

describe('a given server of the MySQL family', () => {
  it('gets databases of its own, which are dropped at the end', async () => {
    const server = await open();
    const wish = { qualified: false, charset: 'utf8mb4', collation: 'utf8mb4_bin' };
    const first = await server.createDatabase('mysql/keygen', wish);
    const second = await server.createDatabase('mysql/keygen', { qualified: false });
    await mysqlRows(first, 'CREATE TABLE t (id int)');
    expect(await mysqlRows(second, 'SHOW TABLES')).toEqual([]);
    expect(await mysqlRows(first, 'SELECT @@collation_database')).toEqual([['utf8mb4_bin']]);
    expect(await ours()).toEqual([databaseOf(first), databaseOf(second)].sort());
    expect(server.version).toBe(host.version);
    expect(await server.isAlive()).toBe(true);
    await server.close();
    await server.close();
    expect(await ours()).toEqual([]);
    expect(await server.isAlive()).toBe(false);
    expect(await host.isAlive()).toBe(true);
  });

  it('stands in for MySQL where it is MariaDB, but not where the URL asks for MariaDB', async () => {
    const asked = await openDevServer('mysql', url.replace('mysql+unix', 'maria+unix'), { scratch });
    const server = await open();
    expect(server.standIn).toBe(host.standIn);
    expect(asked.standIn).toBeNull();
    await Promise.all([asked.close(), server.close()]);
  });

  it('is rid of what a killed run left by the next, which keeps what a living one uses', async () => {
    const start = () => program.start(url, 'never', 'mysql');
    const [dead, living] = [start(), start()];
    const [left, kept] = [await announcement(dead), await announcement(living)];
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    expect(await ours()).toEqual([databaseOf(left.url), databaseOf(kept.url)].sort());
    // The server may need a moment to see that the killed run's session is gone.
    await expect
      .poll(
        async () => {
          await (await open()).close();
          return ours();
        },
        { timeout: 20_000 },
      )
      .toEqual([databaseOf(kept.url)]);
    living.kill('SIGKILL');
    await once(living, 'exit');
  });

  it('keeps databases that only look like ours, and those of a machine whose session is there', async () => {
    const self = await currentOwner();
    const foreign = `${formatOwner({ ...self, host: '0badca' })}_abcd`;
    const kept = ['dbcheck_notes', 'dbcheckers', `dbcheck_${formatOwner(self)}_abcd_1_x`];
    for (const name of [...kept, `dbcheck_${foreign}_1_x`]) await mysqlRows(url, `CREATE DATABASE ${name}`);
    const session = await connectMysql(mysqlAddress(url));
    await session.query(`SELECT GET_LOCK('dbcheck_${foreign}', 0)`);
    await (await open()).close();
    expect(await ours()).toEqual(expect.arrayContaining([...kept, `dbcheck_${foreign}_1_x`]));
    await session.close();
    await expect
      .poll(
        async () => {
          await (await open()).close();
          return ours();
        },
        { timeout: 20_000 },
      )
      .toEqual(expect.not.arrayContaining([`dbcheck_${foreign}_1_x`]));
    expect(await ours()).toEqual(expect.arrayContaining(kept));
    for (const name of kept) await mysqlRows(url, `DROP DATABASE ${name}`);
  });

  it('is not for names with their schema, which need a whole server', async () => {
    const server = await open();
    await expect(server.createDatabase('x', { qualified: true })).rejects.toMatchObject({
      code: 'devdb-failed',
      hint: expect.stringContaining('migrations.qualified'),
    });
    await server.close();
  });

  it('has no identity that would hold until the next run', async () => {
    expect(await serverIdentity('mysql', url)).toBeNull();
  });

  it('that does not answer is an error without the password', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = typeof address === 'object' ? address?.port : 0;
    probe.close();
    await once(probe, 'close');
    for (const wrong of [
      `mysql://u:secret@127.0.0.1:${port}/dev`,
      'mysql+unix://u:secret@/nowhere/s.sock',
      'mysql://u:secret%zz@h/dev',
    ]) {
      const error = await openDevServer('mysql', wrong, { scratch }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'devdb-unreachable', hint: expect.any(String) });
      expect(String(error)).toContain('u:***@');
      expect(JSON.stringify(error) + String(error)).not.toContain('secret');
    }
  });
});
