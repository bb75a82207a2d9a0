import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
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

  test('is refused, mended and made', async () => {
    const shop = await branches();
    const head = await shop.git('rev-parse', 'HEAD');
    const merge = await shop.tryGit(['merge', '--no-edit', 'side']);
    expect(merge.exitCode).not.toBe(0);
    expect(merge.stderr).toContain('error[generated/stale]');
    expect(merge.stderr).toContain('--> internal/store/search.sql.go:');
    expect(await shop.git('rev-parse', 'HEAD')).toBe(head);
    expect(await shop.git('rev-parse', 'MERGE_HEAD')).toBe(await shop.git('rev-parse', 'side'));

    expect((await shop.commitStaged()).stderr).toContain('error[generated/stale]');
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect(await shop.commitStaged()).toMatchObject({ exitCode: 0 });
    expect(await shop.git('rev-list', '--parents', '--max-count=1', 'HEAD')).toMatch(/^\w+ \w+ \w+$/);
    expectExit(await shop.dbcheck(['check']), 0);
  });

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
      `-- name: Hostile${index} :one\nSELECT * FROM users WHERE id = $1;\n`,
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

  test('that are not UTF-8 are judged as they are', async () => {
    const shop = await shopCopy();
    const path = `${folder}/caf\udce9.sql`;
    await shop.write({ [path]: '-- name: Cafe :one\nSELECT * FROM users WHERE id = $1;\n' });
    await shop.git('add', '--all');
    // sqlc writes the file's name into the code, which is then no Go: an error, and never a pass.
    expect(await shop.staged()).toMatchObject({
      outcome: 'error',
      errors: [{ code: 'sqlc-failed', hint: expect.stringContaining('UTF-8') }],
    });
    expect((await shop.commitStaged()).exitCode).toBe(1);
    expectExit(await shop.dbcheck(['fix', '--stage']), 2);
    expect(await shop.git('diff', '--cached', '--name-only')).toBe(`"${folder}/caf\\351.sql"`);

    // Beside the queries it stands in nobody's way, and a mend leaves it alone.
    const bytes = await shop.read(path);
    await shop.write({ [path]: null, 'caf\udce9.txt': bytes, [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    expect((await shop.commitStaged()).stderr).toContain(`--> ${QUERY_PATHS.usersCode}:`);
    await commitMended(shop);
    expect(await shop.read('caf\udce9.txt')).toEqual(bytes);
    expect((await shop.status()).isClean()).toBe(true);
  });
});

test('a sparse checkout is judged whole', async () => {
  const shop = await shopCopy();
  await shop.git('update-index', '--refresh');
  await shop.git('sparse-checkout', 'set', '--cone', 'docs');
  await expect(shop.read(QUERY_PATHS.users)).rejects.toThrow(/ENOENT/);
  const blob = (await shop.tryGit(['hash-object', '-w', '--stdin'], { input: ONE_MORE_USER_QUERY })).stdout;
  const entry = `100644,${blob.toString().trim()},${QUERY_PATHS.users}`;
  await shop.git('update-index', '--cacheinfo', entry);
  const refused = await shop.commitStaged();
  expect(refused.stderr).toContain(`--> ${QUERY_PATHS.usersCode}:`);
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expect((await shop.commitStaged()).exitCode).toBe(0);
  expectExit(await shop.dbcheck(['check']), 0);
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

test('an index that changes while it is judged is not passed', async () => {
  const shop = await shopCopy();
  const { stdout } = expectExit(await shop.dbcheck(['tools', '--format', 'json']), 0);
  const tools: { tools: { path: string }[] } = JSON.parse(stdout);
  // An sqlc that stages a file while it works: what `git add` in another window does.
  const program = join(shop.root, '../meddling-sqlc');
  const stage = `git -C '${shop.root}' add late.txt`;
  const script = `#!/bin/sh\nif [ "$1" = generate ]; then ${stage}; fi\nexec '${tools.tools[0]?.path}' "$@"\n`;
  await writeFile(program, script, { mode: 0o755 });
  await shop.write({
    'dbcheck.config.yaml': `tools: {sqlc: {command: ${program}}}\n`,
    [QUERY_PATHS.users]: `${USER_QUERIES}\n`,
  });
  await shop.git('add', '--all');
  await shop.write({ 'late.txt': 'late\n' });
  const head = await shop.git('rev-parse', 'HEAD');
  const refused = await shop.commitStaged();
  expect(refused.stderr).toContain('error[index-changed]');
  expect(refused.exitCode).toBe(1);
  expect(await shop.git('rev-parse', 'HEAD')).toBe(head);
  // Nothing changes any more, so that the second one is judged to its end.
  expect(await shop.staged()).toMatchObject({ outcome: 'clean' });
  expect((await shop.commitStaged()).exitCode).toBe(0);
});

describe('checking changes no byte of the repository', () => {
  test('clean, with findings, and where there is nothing to check', async () => {
    const shop = await shopCopy();
    const calls = [
      ['staged'],
      ['check'],
      ['staged', '--no-cache'],
      ['plan'],
      ['fix', '--dry-run'],
      ['fix', '--stage', '--dry-run'],
      ['fmt', '--check'],
    ];
    const run = async () => {
      const before = await fingerprint(shop.root);
      const answers = [];
      for (const args of calls) answers.push((await shop.dbcheck(args)).exitCode);
      expect(await fingerprint(shop.root)).toEqual(before);
      return answers;
    };
    expect(await run()).toEqual([0, 0, 0, 0, 0, 0, 2]);
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    await shop.write({ [QUERY_PATHS.users]: USER_QUERIES, untracked: 'x' });
    expect(await run()).toEqual([1, 0, 1, 0, 0, 1, 2]);
  });
});
