import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { RunResult } from '../../../src/process/run.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function shopCopy(): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

/** The commit was refused for stale code and nothing else, and HEAD stands where it stood. */
async function expectRefused(shop: Shop, commit: () => Promise<RunResult>, ...places: string[]) {
  const before = await shop.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']);
  const { exitCode, stderr } = await commit();
  expect(stderr).toContain('Commit blocked');
  expect(exitCode).toBe(1);
  expect(stderr.match(/^error\[.*$/gm)?.map((line) => line.replace(/:.*/, ''))).toEqual([
    'error[generated/stale]',
  ]);
  for (const place of places) expect(stderr).toContain(place);
  const after = await shop.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']);
  expect(after.stdout.toString()).toBe(before.stdout.toString());
}

async function expectCommitted(shop: Shop, commit: () => Promise<RunResult>) {
  const { exitCode, stderr } = await commit();
  expect(`${exitCode} ${stderr}`).toMatch(/^0 /);
  expectExit(await shop.dbcheck(['check']), 0);
}

test('a commit of PATH passes over what is stale in the index beside it', async () => {
  const shop = await shopCopy();
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY, 'README.md': 'read me\n' });
  await shop.git('add', '--all');
  const { exitCode, stderr } = await shop.commitStaged('README.md');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(await shop.git('diff', '--cached', '--name-only')).toBe(QUERY_PATHS.users);
});

test('a mend on disk that is not staged is not judged', async () => {
  const shop = await shopCopy();
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix']), 0);
  await expectRefused(shop, () => shop.commitStaged(), QUERY_PATHS.usersCode);
});

test('an index named by GIT_INDEX_FILE is the one that is judged', async () => {
  const shop = await shopCopy();
  const env = { GIT_INDEX_FILE: `${shop.root}/../other index` };
  await shop.tryGit(['read-tree', 'HEAD'], { env });
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  await shop.tryGit(['add', QUERY_PATHS.users], { env });
  expect(await shop.staged()).toMatchObject({ outcome: 'clean', checked: [] });
  expectExit(await shop.dbcheck(['staged'], { env }), 1);
  const commit = () => shop.tryGit(['commit', '-qm', 'Change'], { env });
  await expectRefused(shop, commit, QUERY_PATHS.usersCode);
  const mended = await shop.dbcheck(['fix', '--stage'], { env });
  expectExit(mended, 0);
  await expectCommitted(shop, commit);
  // The main index was neither read nor written.
  expect(await shop.git('show', `:${QUERY_PATHS.users}`)).toBe(USER_QUERIES.trimEnd());
});
