import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { startPrivatePostgres } from '../../src/devdb/postgres-private.ts';
import { serverUser } from '../../src/devdb/server-user.ts';
import { run } from '../../src/process/run.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import { sql } from './sql.ts';

let scratch: Scratch;
let server: DevServer;
beforeAll(async () => {
  scratch = await createScratch();
  server = await openDevServer('postgres', 'embedded', { scratch });
});
afterAll(async () => {
  await server.close();
  await scratch.remove();
});

const socketFolder = (url: string) =>
  new URL(url.replace('postgres@/', 'postgres@h/')).searchParams.get('host') ?? '';

describe('a private Postgres', () => {
  it('says what it is', async () => {
    const [[version] = []] = await sql(
      await server.createDatabase('v', { qualified: true }),
      'SHOW server_version',
    );
    expect(server.version).toBe(version);
    expect(server.description).toBe(`embedded Postgres ${version}`);
  });

  it('gives databases that are empty and do not see each other, whatever their names', async () => {
    const names = ['postgres/keygen', 'postgres/keygen', `"'; DROP`, ''];
    const urls = await Promise.all(names.map((name) => server.createDatabase(name, { qualified: false })));
    expect(new Set(urls).size).toBe(names.length);
    await Promise.all(urls.map((url) => sql(url, 'CREATE TABLE t (id int)')));
    for (const url of urls) {
      const tables = `SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
      expect(await sql(url, tables)).toEqual([['t']]);
    }
  });

  it('names the schema in the URL only for unqualified names', async () => {
    expect(await server.createDatabase('a', { qualified: false })).toMatch(
      /[?&]sslmode=disable&search_path=public$/,
    );
    const qualified = await server.createDatabase('a', { qualified: true });
    expect(qualified).toMatch(/[?&]sslmode=disable$/);
    expect(qualified).not.toContain('search_path');
  });

  it("depends on nothing of the machine's settings", async () => {
    const url = await server.createDatabase('settings', { qualified: true });
    const [row] = await sql(
      url,
      `SELECT current_setting('TimeZone'), current_setting('lc_messages'), current_setting('server_encoding'), datcollate
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual(['UTC', 'C', 'UTF8', 'C']);
  });

  it('listens on a socket in a 0700 folder and on no TCP port', async () => {
    const url = await server.createDatabase('socket', { qualified: true });
    const folder = socketFolder(url);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, '.s.PGSQL.5432'))).mode & 0o077).toBe(0);
    expect(Buffer.byteLength(join(folder, '.s.PGSQL.5432'))).toBeLessThanOrEqual(103);
    expect(await sql(url, 'SHOW listen_addresses')).toEqual([['']]);
  });

  it('holds no TCP socket', async () => {
    const folder = socketFolder(await server.createDatabase('tcp', { qualified: true }));
    const [pid = ''] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    const { tcp, unix } = process.platform === 'linux' ? await socketsInProc(pid) : await socketsOfLsof(pid);
    expect(unix).not.toEqual([]);
    expect(tcp).toEqual([]);
  });

  it('does not disturb another in the same process, and close() leaves nothing', async () => {
    const other = await openDevServer('postgres', 'embedded', { scratch });
    const [here, there] = await Promise.all([
      server.createDatabase('two', { qualified: false }),
      other.createDatabase('two', { qualified: false }),
    ]);
    expect(socketFolder(here)).not.toBe(socketFolder(there));
    const [pid] = (await readFile(join(socketFolder(there), 'data', 'postmaster.pid'), 'utf8')).split('\n');
    await other.close();
    await other.close();
    expect(await other.isAlive()).toBe(false);
    expect(existsSync(socketFolder(there))).toBe(false);
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
    expect(await server.isAlive()).toBe(true);
    expect(await sql(here, 'SELECT 1')).toEqual([['1']]);
  });

  it('is known to be dead when it died, and its folder goes with it', async () => {
    const doomed = await openDevServer('postgres', 'embedded', { scratch });
    const folder = socketFolder(await doomed.createDatabase('doomed', { qualified: false }));
    const [pid] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    expect(await doomed.isAlive()).toBe(true);
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(() => doomed.isAlive(), { timeout: 20_000 }).toBe(false);
    await expect(doomed.createDatabase('late', { qualified: false })).rejects.toMatchObject({
      code: 'devdb-failed',
    });
    await doomed.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('that does not start says why, in the words of its log', async () => {
    const user = await serverUser();
    const bin = await scratch.folder('broken/bin');
    const broken = { label: 'broken Postgres', bin, build: 'broken' };
    await expect(startPrivatePostgres(broken, user)).rejects.toMatchObject({
      code: 'devdb-failed',
      message: expect.stringContaining(dirname(bin)),
    });
  });
});

interface Sockets {
  readonly tcp: readonly string[];
  readonly unix: readonly string[];
}

async function socketsInProc(pid: string): Promise<Sockets> {
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(
    descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  );
  const sockets = targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
  const inodes = async (table: string, field: number) =>
    (await readFile(`/proc/${pid}/net/${table}`, 'utf8'))
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[field]);
  const tcp = [...(await inodes('tcp', 9)), ...(await inodes('tcp6', 9))];
  const unix = await inodes('unix', 6);
  return {
    tcp: sockets.filter((inode) => tcp.includes(inode)),
    unix: sockets.filter((inode) => unix.includes(inode)),
  };
}

async function socketsOfLsof(pid: string): Promise<Sockets> {
  const list = async (kind: string) => {
    const { stdout } = await run('lsof', ['-a', '-n', '-P', '-p', pid, kind], { cwd: '/', env: process.env });
    return stdout.toString().split('\n').filter(Boolean).slice(1);
  };
  return { tcp: await list('-iTCP'), unix: await list('-U') };
}
