import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { CLI, copyOf, emptyShop, expectExit, freshShop, type Shop } from '../shop.ts';

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

/** What `npm ci` does in a work tree. */
async function install(folder: string): Promise<void> {
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
  await symlink(CLI, join(folder, 'node_modules/.bin/dbcheck'));
}

/**
 * In the work tree at `root`: a stale query is refused, `fix --stage` in `cwd` mends it, and the commit goes through.
 *
 * @param project the project's folder with a slash at its end, or ''
 */
async function refuseMendCommit(shop: Shop, root: string, project = '', cwd = root): Promise<void> {
  const git = (...args: string[]) => shop.tryGit(args, { cwd: root });
  await writeFile(join(root, project, QUERY_PATHS.users), ONE_MORE_USER_QUERY);
  expect((await git('add', '--all')).exitCode).toBe(0);
  const head = (await git('rev-parse', 'HEAD')).stdout.toString();
  const refused = await shop.tryGit(['commit', '-qm', 'Change'], { cwd });
  expect(refused.stderr).toContain('error[generated/stale]');
  expect(refused.stderr).toContain(`--> ${project}${QUERY_PATHS.usersCode}:`);
  expect(refused.exitCode).toBe(1);
  expect((await git('rev-parse', 'HEAD')).stdout.toString()).toBe(head);
  expectExit(await shop.dbcheck(['fix', '--stage'], { cwd: join(root, project) }), 0);
  const made = await shop.tryGit(['commit', '-qm', 'Change'], { cwd });
  expect(`${made.exitCode} ${made.stderr}`).toMatch(/^0 /);
  expect((await git('status', '--porcelain')).stdout.toString()).toBe('');
  expectExit(await shop.dbcheck(['check'], { cwd: join(root, project) }), 0);
}

test('a linked work tree shares the hooks, and is refused where dbcheck is not installed in it', async () => {
  const shop = await shopCopy();
  const linked = join(shop.root, '../linked');
  await shop.git('worktree', 'add', '--quiet', '-b', 'side', linked);
  await writeFile(join(linked, QUERY_PATHS.users), ONE_MORE_USER_QUERY);
  const refused = await shop.tryGit(['commit', '-qam', 'Change'], { cwd: linked });
  expect(refused.stderr).toContain('dbcheck is not installed. Run: npm ci');
  expect(refused.exitCode).toBe(1);

  await install(linked);
  await refuseMendCommit(shop, linked);
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  const path = await shop.tryGit(['commit', '-qm', 'Change', QUERY_PATHS.users]);
  expect(path.stderr).toContain('error[generated/stale]');
});

test('a first configuration below a project leaves the generated files of that project alone', async () => {
  const shop = await shopCopy();
  const { '.gitignore': _, ...sources } = await querySources('web');
  await shop.write({ ...sources, 'web/dbcheck.config.yaml': 'rules: {}\n' });
  await shop.git('add', '--all');
  const web = { cwd: join(shop.root, 'web') };
  expectExit(await shop.dbcheck(['fix', '--stage'], web), 0);
  const deleted = await shop.git('diff', '--cached', '--name-only', '--no-renames', '--diff-filter=D');
  expect(deleted).toBe('');
  expectExit(await shop.dbcheck(['staged'], web), 0);
});

test('a configuration that moved with its sources into a folder leaves nothing generated behind', async () => {
  const shop = await shopCopy();
  await shop.write({ 'web/dbcheck.config.yaml': 'rules: {}\n' });
  await shop.git('mv', 'tools', 'web/tools');
  await shop.git('add', '--all');
  const web = { cwd: join(shop.root, 'web') };
  const refused = expectExit(await shop.dbcheck(['staged'], web), 1);
  expect(refused.stdout).toContain(`error[generated/orphan]`);
  expect(refused.stdout).toContain(`--> ${QUERY_PATHS.usersCode}\n`);
});

test('a submodule is a repository like any other', async () => {
  const shop = await shopCopy();
  const outer = await emptyShop();
  onTestFinished(() => outer.remove());
  await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', shop.root, 'service');
  await outer.git('commit', '-qm', 'Start');
  const service = join(outer.root, 'service');
  await install(service);
  expectExit(await outer.dbcheck(['init'], { cwd: service }), 0);
  await refuseMendCommit(outer, service);
  // The one around it has nothing to do with databases.
  const around = await outer.tryGit(['commit', '-qam', 'Raise the submodule']);
  expect(around).toMatchObject({ exitCode: 0, stderr: '' });
  const answer = await outer.dbcheck(['check', '--format', 'json']);
  expect(answer.exitCode).toBe(2);
  expect(JSON.parse(answer.stdout)).toMatchObject({ errors: [{ code: 'no-target' }] });
});

test('a commit, a check and a mend from a folder below', async () => {
  const shop = await shopCopy();
  const cwd = join(shop.root, 'tools/sqlc/queries');
  await refuseMendCommit(shop, shop.root, '', cwd);
  await shop.write({ [QUERY_PATHS.users]: '-- name: GetUser :one\nSELECT id FROM users WHERE id = $1;\n' });
  await shop.git('add', '--all');
  const stale = expectExit(await shop.dbcheck(['staged'], { cwd }), 1);
  expect(stale.stdout).toContain(`--> ${QUERY_PATHS.usersCode}:`);
  expectExit(await shop.dbcheck(['fix', '--stage'], { cwd }), 0);
  expectExit(await shop.dbcheck(['staged'], { cwd }), 0);
});

describe('a project below the git root', () => {
  test('with git’s own hooks', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    await shop.write({ ...(await querySources('web')), 'web/dbcheck.config.yaml': 'rules: {}\n' });
    const web = join(shop.root, 'web');
    await install(web);
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage'], { cwd: web }), 0);
    expectExit(await shop.dbcheck(['init'], { cwd: web }), 0);
    await shop.git('commit', '-qm', 'Start');
    await refuseMendCommit(shop, shop.root, 'web/');

    await shop.write({ 'README.md': 'read me\n' });
    await shop.git('add', '--all');
    expect(await shop.commitStaged()).toMatchObject({ exitCode: 0, stderr: '' });

    // A private index and an absolute one reach the project's folder too.
    await shop.write({ [`web/${QUERY_PATHS.posts}`]: null });
    for (const how of [['-a'], [`web/${QUERY_PATHS.posts}`]]) {
      const refused = await shop.commitStaged(...how);
      expect(refused.stderr).toContain('error[generated/orphan]');
      expect(refused.stderr).toContain(`--> web/${QUERY_PATHS.postsCode}\n`);
    }
  });

  test('with husky, in a linked work tree too', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    const manifest = { private: true, devDependencies: { husky: '9' }, dbcheck: {} };
    await shop.write({ ...(await querySources('web')), 'web/package.json': JSON.stringify(manifest) });
    const web = join(shop.root, 'web');
    await install(web);
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage'], { cwd: web }), 0);
    const husky = join(import.meta.dirname, '../../../node_modules/husky/bin.js');
    const setUp = (cwd: string) =>
      run(process.execPath, [husky, 'web/.husky'], { cwd, env: { ...shop.env, HUSKY: '' } });
    expect((await setUp(shop.root)).exitCode).toBe(0);
    expectExit(await shop.dbcheck(['init'], { cwd: web }), 0);
    await shop.git('add', '--all');
    await shop.git('commit', '-qm', 'Start');
    await refuseMendCommit(shop, shop.root, 'web/');

    const linked = join(shop.root, '../linked');
    await shop.git('worktree', 'add', '--quiet', '-b', 'side', linked, 'HEAD~1');
    await install(join(linked, 'web'));
    await setUp(linked);
    await refuseMendCommit(shop, linked, 'web/');
  });
});
