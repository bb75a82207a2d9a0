import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { mysqlBinary } from '../../src/devdb/mysql-binaries.ts';
import { mysqlAddress } from '../../src/devdb/mysql-url.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { serverIdentity } from '../../src/devdb/server-identity.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import { databaseOf, mysqlRows } from './mysql-rows.ts';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await createScratch();
});
afterAll(() => scratch.remove());

const opened: DevServer[] = [];
async function open(): Promise<DevServer> {
  const server = await openDevServer('mysql', 'system', { scratch });
  opened.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});
const folderOf = (url: string) => {
  const { at } = mysqlAddress(url);
  return 'socketPath' in at ? dirname(at.socketPath) : '';
};

describe('a private server of the MySQL family', () => {
  it('says what it is, which its program was asked for and not its name', async () => {
    const server = await open();
    const url = await server.createDatabase('mysql/keygen', { qualified: false });
    const said = (await mysqlRows(url, 'SELECT VERSION()'))[0]?.[0] ?? '';
    expect(said).toContain(server.version);
    expect(server.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(server.standIn).toBe(/mariadb/i.test(said) ? 'MariaDB' : null);
    expect(await serverIdentity('mysql', 'system')).toContain(server.version);
  });

  it('listens on nothing but a socket in a folder that is closed to others', async () => {
    const url = await (await open()).createDatabase('x', { qualified: false });
    expect(await mysqlRows(url, 'SELECT @@skip_networking')).toEqual([['1']]);
    expect((await stat(folderOf(url))).mode & 0o777).toBe(0o700);
    expect((await stat(folderOf(url))).uid).toBe(process.getuid?.() === 0 ? 65534 : process.getuid?.());
  });

  it('makes databases apart from each other, with the charset and collation that are asked for', async () => {
    const server = await open();
    const first = await server.createDatabase('mysql/keygen', { qualified: false });
    const wish = { qualified: false, charset: 'latin1', collation: 'latin1_bin' };
    const second = await server.createDatabase('mysql/keygen', wish);
    await mysqlRows(first, 'CREATE TABLE t (id int)');
    expect(await mysqlRows(second, 'SHOW TABLES')).toEqual([]);
    expect(await mysqlRows(second, 'SELECT @@character_set_database, @@collation_database')).toEqual([
      ['latin1', 'latin1_bin'],
    ]);
  });

  it('is a server of its own for names with their schema, which Atlas plans on a whole one', async () => {
    const server = await open();
    await server.createDatabase('x', { qualified: false });
    const wish = { qualified: true, charset: 'utf8mb4', collation: 'utf8mb4_bin' };
    const urls = await Promise.all([server.createDatabase('x', wish), server.createDatabase('x', wish)]);
    expect(new Set(urls.map(folderOf)).size).toBe(2);
    for (const url of urls) {
      expect(databaseOf(url)).toBeNull();
      const schemas = await mysqlRows(url, 'SHOW DATABASES');
      const system = ['information_schema', 'mysql', 'performance_schema', 'sys'];
      expect(schemas.flat().filter((name) => !system.includes(name ?? ''))).toEqual([]);
      expect(await mysqlRows(url, 'SELECT @@collation_server')).toEqual([['utf8mb4_bin']]);
    }
    await server.close();
    expect(urls.map(folderOf).filter(existsSync)).toEqual([]);
  });

  it('refuses a charset that it does not know, in its own words', async () => {
    const refused = (await open()).createDatabase('x', { qualified: false, charset: "no'such" });
    await expect(refused).rejects.toMatchObject({
      code: 'devdb-failed',
      message: expect.stringContaining("no'such"),
    });
  });

  it('is gone with its folder when it is closed', async () => {
    const server = await open();
    const folder = folderOf(await server.createDatabase('x', { qualified: false }));
    expect(await server.isAlive()).toBe(true);
    await server.close();
    await server.close();
    expect(existsSync(folder)).toBe(false);
    expect(await server.isAlive()).toBe(false);
  });
});

describe('the program of a server', () => {
  it('is missing with the command that installs it', async () => {
    await expect(mysqlBinary({ folders: ['/nonexistent', scratch.dir], origin: '' })).rejects.toMatchObject({
      code: 'devdb-missing',
      hint: expect.stringMatching(/^(apt-get install -y mariadb-server-core|brew install mariadb), /),
    });
  });

  it('is in no package', async () => {
    await expect(openDevServer('mysql', 'embedded', { scratch })).rejects.toMatchObject({
      code: 'devdb-invalid',
      hint: expect.stringContaining('system'),
    });
  });
});
