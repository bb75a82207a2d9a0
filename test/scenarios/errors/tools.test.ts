import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

let fresh: Shop;
let sqlc: string;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
  const { stdout } = expectExit(await fresh.dbcheck(['tools', '--format', 'json']), 0);
  const found: { tools: { name: string; path: string }[] } = JSON.parse(stdout);
  sqlc = found.tools.find(({ name }) => name === 'sqlc')?.path ?? '';
});
afterAll(() => fresh.remove());

/** A copy with a stale query, and with a configuration if there is a text for one. */
async function stale(config = ''): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  if (config !== '') await shop.write({ 'dbcheck.config.yaml': config });
  await shop.git('add', '--all');
  return shop;
}

/** A PATH with git and Node and nothing else. */
async function barePath(shop: Shop): Promise<string> {
  const bin = await mkdtemp(join(shop.root, '../bin-'));
  const git = (await run('which', ['git'], { cwd: shop.root, env: shop.env })).stdout.toString().trim();
  await symlink(git, join(bin, 'git'));
  await symlink(process.execPath, join(bin, 'node'));
  return bin;
}

test('a tool that neither a go.mod nor PATH has', async () => {
  const shop = await stale();
  await shop.git('rm', '--quiet', 'tools/sqlc/go.mod', 'tools/sqlc/go.sum');
  const env = { PATH: await barePath(shop) };
  const report = await expectError(
    shop,
    ['staged'],
    {
      code: 'tool-missing',
      message: /^sqlc is neither declared in tools\/sqlc\/go\.mod nor found in PATH/,
      hint: /go get -tool github\.com\/sqlc-dev\/sqlc.*dbcheck tools/,
    },
    { env },
  );
  expect(report.checked).toEqual([]);
  expect(report.notChecked).toMatchObject([{ target: QUERY_PATHS.config }]);
  await expectUncommittable(shop, 'tool-missing', env);
  for (const args of [['tools'], ['fix', '--stage'], ['fix']]) {
    expectExit(await shop.dbcheck(args, { env }), 2);
  }
});

test('a tool that is not built yet, in a hook without a terminal', async () => {
  const shop = await stale();
  const empty = await mkdtemp(join(tmpdir(), 'empty-'));
  onTestFinished(() => rm(empty, { recursive: true, force: true, maxRetries: 3 }));
  // As root only a cache that a server's user can read is used.
  await chmod(empty, 0o755);
  const env = { XDG_CACHE_HOME: join(empty, 'cache'), GOCACHE: join(empty, 'go-build') };
  const said = await expectUncommittable(shop, 'tool-not-built', env);
  expect(said).toContain('--> tools/sqlc/go.mod\n');
  expect(said).toMatch(/^ *= next: +dbcheck tools$/m);
});

test('a tool of another version than the configuration asks for', async () => {
  const shop = await stale(`tools:\n  sqlc: {command: ${sqlc}, version: v1.2.3}\n`);
  await expectError(shop, ['staged'], {
    code: 'tool-version',
    message: /^sqlc is v\d+\.\d+\.\d+, and tools\.sqlc\.version asks for v1\.2\.3/,
    hint: /install sqlc v1\.2\.3, or change tools\.sqlc\.version/,
    place: 'dbcheck.config.yaml:2:10',
  });
  await expectUncommittable(shop, 'tool-version');
  expect((await shop.dbcheck(['fix', '--stage'])).exitCode).toBe(2);
  expect(await shop.git('diff', '--cached', '--name-only', '--', QUERY_PATHS.out)).toBe('');
});

test('a command that does not exist, and one that is something else', async () => {
  const shop = await stale('tools:\n  sqlc: {command: bin/sqlc}\n');
  await expectError(shop, ['staged'], {
    code: 'tool-missing',
    message: /tools\.sqlc\.command is bin\/sqlc, which does not exist/,
    hint: /correct tools\.sqlc\.command/,
    place: 'dbcheck.config.yaml:2:10',
  });
  await mkdir(join(shop.root, 'bin'));
  await writeFile(join(shop.root, 'bin/sqlc'), '#!/bin/sh\nexit 0\n');
  await chmod(join(shop.root, 'bin/sqlc'), 0o755);
  await expectError(shop, ['staged'], {
    code: 'tool-broken',
    message: /is not sqlc: its "version" ends with exit code 0 and says nothing/,
    hint: /correct tools\.sqlc\.command/,
    place: 'dbcheck.config.yaml:2:10',
  });
  await expectUncommittable(shop, 'tool-broken');
});

test('a tool that fails and blames no source', async () => {
  const shop = await stale('tools:\n  sqlc: {command: bin/sqlc}\n');
  await mkdir(join(shop.root, 'bin'));
  const script = `#!/bin/sh\nif [ "$1" = version ]; then exec '${sqlc}' version; fi\necho boom >&2\nexit 3\n`;
  await writeFile(join(shop.root, 'bin/sqlc'), script, { mode: 0o755 });
  await expectError(shop, ['staged'], {
    ...{ code: 'sqlc-failed', place: QUERY_PATHS.config },
    ...{ message: /boom/, hint: /sqlc generate -f/ },
  });
  await expectUncommittable(shop, 'sqlc-failed');
});

test('a tool that does nothing and says that it did', async () => {
  const shop = await stale('tools:\n  sqlc: {command: bin/sqlc}\n');
  await mkdir(join(shop.root, 'bin'));
  const script = `#!/bin/sh\nif [ "$1" = version ]; then exec '${sqlc}' version; fi\n`;
  await writeFile(join(shop.root, 'bin/sqlc'), script, { mode: 0o755 });
  await expectError(shop, ['staged'], {
    ...{ code: 'sqlc-failed', place: QUERY_PATHS.config },
    ...{ message: /sqlc ended well but made nothing/, hint: /dbcheck tools/ },
  });
  await expectUncommittable(shop, 'sqlc-failed');
  expect((await shop.dbcheck(['fix', '--stage'])).exitCode).toBe(2);
  expect(await shop.git('ls-files', '--', QUERY_PATHS.usersCode)).toContain(QUERY_PATHS.usersCode);
});
