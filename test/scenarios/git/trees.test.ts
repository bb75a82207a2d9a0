import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function shopCopy(original = fresh): Promise<Shop> {
  const shop = await copyOf(original);
  onTestFinished(() => shop.remove());
  return shop;
}

async function commitMended(shop: Shop): Promise<void> {
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  const { exitCode, stderr } = await shop.commitStaged();
  expect(`${exitCode} ${stderr}`).toMatch(/^0 /);
}

describe('a merge that is clean in text and stale in fact', () => {
  async function branches(): Promise<Shop> {
    const shop = await shopCopy();
    await shop.git('switch', '-qc', 'side');
    await shop.write({
      'tools/sqlc/queries/postgres/search.sql':
        '-- name: FindUsers :many\nSELECT * FROM users WHERE name = $1;\n',
    });
    await commitMended(shop);
    await shop.git('switch', '-q', 'main');
    const schema = (await shop.read(QUERY_PATHS.schema)).toString();
    await shop.write({
      [QUERY_PATHS.schema]: schema.replace('name text NOT NULL', 'name text NOT NULL,\n  mail text'),
    });
    await commitMended(shop);
    return shop;
  }

  test('is found by a check of the commit where no hook ran', async () => {
    const shop = await branches();
    await shop.git('merge', '--no-edit', '--no-verify', '--quiet', 'side');
    const found = await shop.dbcheck(['check', '--from', 'side', '--format', 'json']);
    expect(found.exitCode).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({
      diagnostics: [{ rule: 'generated/stale', location: { path: 'internal/store/search.sql.go' } }],
    });
    expectExit(await shop.dbcheck(['check', 'HEAD^1']), 0);
    expectExit(await shop.dbcheck(['check', 'HEAD^2']), 0);
  });
});

describe('hostile names', () => {
  const NAMES = [
    'with space.sql',
    "it's.sql",
    '"quoted".sql',
    '-leading-dash.sql',
    '--option=x.sql',
    'größe 名前 😀.sql',
    '[bracket].sql',
    '$(false)`x`.sql',
    ':(top)magic.sql',
    '{brace,x}.sql',
    '!not.sql',
    '#hash.sql',
  ];
  const folder = 'tools/sqlc/queries/postgres';

  test('of queries are judged, mended, renamed and deleted', async () => {
    const shop = await shopCopy();
    const queries = NAMES.map((name, index) => [
      `${folder}/${name}`,
      `-- name: Hostile${index} :one\nSELECT * FROM users WHERE id = $1 AND id > ${index};\n`,
    ]);
    await shop.write(Object.fromEntries(queries));
    await shop.git('add', '--all');
    const missing = await shop.staged();
    expect(new Set(missing.diagnostics.map(({ rule }) => rule))).toEqual(new Set(['generated/missing']));
    expect(missing.diagnostics.map(({ location }) => location.path).sort()).toEqual(
      NAMES.map((name) => `${QUERY_PATHS.out}/${name}.go`).sort(),
    );
    expect((await shop.commitStaged()).exitCode).toBe(1);
    await commitMended(shop);
    expectExit(await shop.dbcheck(['check']), 0);

    await shop.write({ [`${folder}/--option=x.sql`]: null });
    await shop.git('add', '--all');
    expect((await shop.staged()).diagnostics).toMatchObject([
      { rule: 'generated/orphan', location: { path: `${QUERY_PATHS.out}/--option=x.sql.go` } },
    ]);
    await commitMended(shop);
    expect(await shop.git('status', '--porcelain')).toBe('');
  });
});

test('a commit without database files is silent and starts no node', async () => {
  const shop = await shopCopy();
  const bin = join(shop.root, '../bin');
  await mkdir(bin);
  const git = (await run('which', ['git'], { cwd: shop.root, env: shop.env })).stdout.toString().trim();
  await symlink(git, join(bin, 'git'));
  const marker = join(bin, 'started');
  await writeFile(join(bin, 'node'), `#!/bin/sh\n: > '${marker}'\nexit 7\n`);
  await chmod(join(bin, 'node'), 0o755);
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  const commit = () => shop.tryGit(['commit', '-m', 'Change', '--quiet'], { env });

  await shop.write({ 'README.md': 'read me\n', 'src/main.go': 'package main\n', 'a.sql': 'SELECT 1;\n' });
  await shop.git('add', '--all');
  const silent = await commit();
  expect(silent).toMatchObject({ exitCode: 0, stderr: '' });
  expect(silent.stdout.toString()).toBe('');
  await expect(readFile(marker)).rejects.toThrow(/ENOENT/);

  // The same environment does start node where there is something to judge.
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  await shop.git('add', '--all');
  expect((await commit()).exitCode).toBe(1);
  expect((await readFile(marker)).length).toBe(0);
});
