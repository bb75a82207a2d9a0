import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { leftovers } from '../../devdb/leftovers.ts';
import { CLI, copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

let fresh: Shop;
let atlas: string;
beforeAll(async () => {
  fresh = await freshShop();
  const { stdout } = expectExit(await fresh.dbcheck(['tools', '--format', 'json']), 0);
  const found: { tools: { name: string; path: string }[] } = JSON.parse(stdout);
  atlas = found.tools.find(({ name }) => name === 'atlas')?.path ?? '';
});
afterAll(() => fresh.remove());

/** A copy with a changed schema and a configuration. */
async function changed(config: string): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({
    'dbcheck.config.yaml': config,
    [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(20)'),
  });
  await shop.git('add', '--all');
  return shop;
}

/** Nobody listens on the first port. */
const DEAD = 'postgres://checker:open-sesame@127.0.0.1:1/dev?sslmode=disable';

test.each([
  [
    'no URL',
    'postgres://checker:open-sesame@127.0.0.1:99999/dev',
    /is "postgres:.*\*\*\*@.*99999.*, which is no URL$/,
  ],
  ['a server of MySQL', 'mysql://root@127.0.0.1:1/', /is "mysql:.*, a server of mysql$/],
])('a database setting that names %s is an error that excuses no commit', async (_, url, message) => {
  const shop = await changed(`devDatabase:\n  postgres: ${url}\nstaged: {unavailable: warn}\n`);
  const expected = { code: 'devdb-invalid', message, hint: /set devDatabase\.postgres to embedded/ };
  await expectError(shop, ['staged'], expected);
  const said = await expectUncommittable(shop, 'devdb-invalid');
  expect(said).not.toContain('open-sesame');
});

describe('a database that is not there', () => {
  test('is an error that tells no password', async () => {
    const shop = await changed(`devDatabase:\n  postgres: ${DEAD}\n`);
    const report = await expectError(shop, ['staged'], {
      code: 'devdb-unreachable',
      message: /127\.0\.0\.1:1\/dev.* can't be reached: .*ECONNREFUSED/,
      hint: /start the server, correct devDatabase\.postgres/,
    });
    expect(report).toMatchObject({ checked: [], diagnostics: [] });
    expect(report.notChecked.map(({ target }) => target).sort()).toEqual([
      'postgres/orders',
      'postgres/stock',
      PATHS.sqlcConfig,
    ]);
    const said = await expectUncommittable(shop, 'devdb-unreachable');
    expect(said).toContain('git commit --no-verify');
    expect(JSON.stringify(report) + said).not.toContain('open-sesame');
    const fix = expectExit(await shop.dbcheck(['fix', '--stage']), 2);
    expect(fix.stdout + fix.stderr).not.toContain('open-sesame');
    expect(await shop.git('diff', '--cached', '--name-only', '--', PATHS.ordersMigrations)).toBe('');
  });

  test('lets a commit pass under a loud NOT CHECKED where the configuration says so', async () => {
    const shop = await changed(`devDatabase:\n  postgres: ${DEAD}\nstaged: {unavailable: warn}\n`);
    const made = await shop.commitStaged();
    expect(made.exitCode).toBe(0);
    expect(made.stderr).toMatch(/^NOT CHECKED: postgres\/orders, postgres\/stock: .*can't be reached/m);
    expect(made.stderr).not.toContain('open-sesame');
    expect(await shop.git('rev-list', '--count', 'HEAD')).toBe('2');
    // What a hook lets pass, CI does not.
    expectExit(await shop.dbcheck(['check']), 2);
  });

  test('does not excuse what is found without one', async () => {
    const shop = await changed(`devDatabase:\n  postgres: ${DEAD}\nstaged: {unavailable: warn}\n`);
    await shop.write({
      [PATHS.orderQueries]:
        '-- name: A :exec\nDELETE FROM orders;\n\n-- name: A :exec\nDELETE FROM orders;\n',
    });
    await shop.git('add', '--all');
    const refused = await shop.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error[query/duplicate-name]');
    expect(refused.stderr).toContain('NOT CHECKED: postgres/orders');
  });

  test('does not excuse another error', async () => {
    const shop = await changed(
      `devDatabase:\n  postgres: ${DEAD}\nstaged: {unavailable: warn}\ntools: {atlas: {command: /no/atlas}}\n`,
    );
    await expectUncommittable(shop, 'tool-missing');
  });
});

test('a server that dies while it is used is an error and no finding', async () => {
  const shop = await changed('tools: {atlas: {command: ../atlas}}\n');
  // The first line of a socket's lock file is the server's process.
  const script = `#!/bin/sh
case "$*" in *migrate*diff*)
  host=$(printf %s "$*" | sed -n 's/.*[?&]host=\\([^& ]*\\).*/\\1/p' | sed 's/%2F/\\//g')
  kill -9 "$(head -n 1 "$host"/.s.PGSQL.*.lock)";;
esac
exec '${atlas}' "$@"
`;
  await writeFile(join(shop.root, '../atlas'), script, { mode: 0o755 });
  const report = await shop.staged();
  expect(report.outcome).toBe('error');
  expect(report.diagnostics).toEqual([]);
  // Atlas loses the server; a target that comes later gets no database from it.
  expect(report.errors.map(({ code }) => code)).toContain('devdb-lost');
  for (const { code } of report.errors) expect(code).toMatch(/^devdb-(lost|failed)$/);
  expect((await shop.commitStaged()).exitCode).toBe(1);
});

describe('an interrupted run', () => {
  /** A shop whose Atlas never ends, and says who it and dbcheck are. */
  async function waiting(): Promise<{ shop: Shop; started: () => Promise<number[]> }> {
    const shop = await changed('tools: {atlas: {command: ../atlas}}\n');
    const marker = join(shop.root, '../started');
    const script = `#!/bin/sh
case "$*" in *migrate*diff*) echo $$ $PPID > '${marker}.part'; mv '${marker}.part' '${marker}'; exec sleep 1000;; esac
exec '${atlas}' "$@"
`;
    await writeFile(join(shop.root, '../atlas'), script, { mode: 0o755 });
    return {
      shop,
      async started() {
        while (!existsSync(marker)) await sleep(10);
        return (await readFile(marker, 'utf8')).trim().split(' ').map(Number);
      },
    };
  }

  function isAlive(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends with 130 and leaves nothing behind',
    async (signal) => {
      const { shop, started } = await waiting();
      const child = spawn(process.execPath, [CLI, 'staged'], {
        cwd: shop.root,
        env: shop.env,
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      const [tool = 0, parent = 0] = await started();
      expect(parent).toBe(child.pid);
      child.kill(signal);
      expect(await ended).toEqual([130, null]);
      expect(isAlive(tool)).toBe(false);
      expect(await leftovers(parent)).toEqual([]);
    },
  );

  test('of a commit makes no commit', async () => {
    const { shop, started } = await waiting();
    const child = spawn('git', ['commit', '-qm', 'Change'], {
      ...{ cwd: shop.root, env: shop.env, stdio: 'ignore', detached: true },
    });
    const ended = once(child, 'exit');
    const [tool = 0, parent = 0] = await started();
    // What Ctrl-C in a terminal does: everything in the foreground hears of it.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await ended;
    while (isAlive(parent)) await sleep(10);
    expect(await shop.git('rev-list', '--count', 'HEAD')).toBe('1');
    expect(isAlive(tool)).toBe(false);
    expect(await leftovers(parent)).toEqual([]);
    expect(await shop.git('status', '--porcelain')).toContain(`M  ${PATHS.ordersHcl}`);
  });
});
