import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Files } from '../../support/repository.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { emptyShop, expectExit, freshShop, type Shop } from '../shop.ts';
import { saidBy } from './cached-shop.ts';

async function started(files: Files): Promise<Shop> {
  const shop = await freshShop(files);
  onTestFinished(() => shop.remove());
  await shop.write({ note: 'x' });
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['staged']), 0);
  return shop;
}

it('A verdict on one project is not taken for that on another of the same repository', async () => {
  const shop = await emptyShop();
  onTestFinished(() => shop.remove());
  const config = { 'api/dbcheck.config.yaml': 'rules: {}\n', 'web/dbcheck.config.yaml': 'rules: {}\n' };
  await shop.write({ ...(await querySources('api')), ...(await querySources('web')), ...config });
  await shop.git('add', '--all');
  const folder = (name: string) => ({ cwd: join(shop.root, name) });
  for (const name of ['api', 'web']) expectExit(await shop.dbcheck(['fix', '--stage'], folder(name)), 0);
  await shop.git('commit', '--quiet', '-m', 'Start');
  await shop.write({ [`web/${QUERY_PATHS.users}`]: ONE_MORE_USER_QUERY });
  await shop.git('add', '--all');
  for (let run = 0; run < 2; run += 1) {
    expectExit(await shop.dbcheck(['staged'], folder('api')), 0);
    const { stdout } = expectExit(await shop.dbcheck(['staged'], folder('web')), 1);
    expect(stdout).toContain(`--> web/${QUERY_PATHS.usersCode}:`);
  }
});

it('A verdict on a work tree is not taken for that on another with a configuration of its own', async () => {
  const shop = await started({ ...(await querySources()), '.gitignore': 'node_modules/\n*.local.yaml\n' });
  await shop.git('commit', '--quiet', '--no-verify', '-m', 'Note');
  expectExit(await shop.dbcheck(['staged']), 0);
  const linked = join(shop.root, '../linked');
  await shop.git('worktree', 'add', '--quiet', '--detach', linked);
  await writeFile(join(linked, 'dbcheck.local.yaml'), 'nope: 1\n');
  expectExit(await shop.dbcheck(['staged'], { cwd: linked }), 2);
});

it.each([
  ["of git's own hooks", 'hooks', false],
  ['of hooks in another folder', 'other', true],
])('A verdict with nothing affected does not hide a stale guard %s', async (_, folder, isSet) => {
  const shop = await started(await querySources());
  const hook = await readFile(join(shop.root, '.git/hooks/pre-commit'), 'utf8');
  const stale = hook.replace("'dbcheck.lint-baseline.json'", "'elsewhere'");
  await mkdir(join(shop.root, '.git', folder), { recursive: true });
  await writeFile(join(shop.root, '.git', folder, 'pre-commit'), stale, { mode: 0o755 });
  if (isSet) await shop.git('config', 'core.hooksPath', join(shop.root, '.git', folder));
  const known = await shop.dbcheck(['staged']);
  expect(known.stdout).toContain('config/guard-stale');
  expect(saidBy(known)).toBe(saidBy(await shop.dbcheck(['staged', '--no-cache'])));
});

it('A verdict with nothing affected does not hide a wrong configuration of this machine', async () => {
  const shop = await started({ ...(await querySources()), '.gitignore': 'node_modules/\n*.local.yaml\n' });
  await shop.write({ 'dbcheck.local.yaml': 'nope: 1\n' });
  expectExit(await shop.dbcheck(['staged']), 2);
});

it('A verdict is not kept where the configuration reads a variable, whatever is affected', async () => {
  const shop = await freshShop({ ...(await querySources()), '.gitignore': 'node_modules/\n*.local.yaml\n' });
  onTestFinished(() => shop.remove());
  await shop.write({ 'dbcheck.local.yaml': `devDatabase: {postgres: '\${SHOP_DATABASE}'}\n` });
  const env = { SHOP_DATABASE: 'embedded' };
  for (const [files, exitCode] of [
    [{ note: 'x' }, 0],
    [{ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY }, 1],
  ] as const) {
    await shop.write(files);
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['staged'], { env }), exitCode);
    expectExit(await shop.dbcheck(['staged']), 2);
  }
});
