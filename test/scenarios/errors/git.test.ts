import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';
import { expectError } from './expect-error.ts';

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

test('an index with conflicts', async () => {
  const shop = await shopCopy();
  await shop.git('switch', '-qc', 'side');
  await shop.commit({ [QUERY_PATHS.users]: USER_QUERIES.replace('GetUser', 'ReadUser') });
  await shop.git('switch', '-q', 'main');
  await shop.commit({ [QUERY_PATHS.users]: USER_QUERIES.replace('GetUser', 'FindUser') });
  expect((await shop.tryGit(['merge', '--quiet', 'side'])).exitCode).toBe(1);
  expect(await shop.git('ls-files', '--unmerged', '--', QUERY_PATHS.users)).not.toBe('');
  for (const args of [['staged'], ['fix', '--stage'], ['fix']]) {
    await expectError(shop, args, {
      ...{ code: 'index-unmerged', place: QUERY_PATHS.users },
      ...{ message: /unresolved merge conflicts/, hint: /git add/ },
    });
  }
  // What is committed has no conflict.
  expect((await shop.dbcheck(['check', 'HEAD~1'])).exitCode).toBe(0);
});

test.each([['no-such-branch'], ['HEAD~99'], ['--oops'], ['HEAD:README.md']])(
  'a revision that is no commit: %s',
  async (revision) => {
    const shop = await shopCopy();
    const hint = /git log --oneline --all/;
    const message = /^git knows no commit/;
    await expectError(shop, ['check', '--', revision], { code: 'unknown-revision', message, hint });
  },
);

test('a base that is no commit', async () => {
  const shop = await shopCopy();
  await expectError(shop, ['check', '--from', 'origin/main'], {
    code: 'unknown-revision',
    ...{ message: /^git knows no commit "origin\/main"/, hint: /git fetch/ },
  });
});

test('a base that a shallow clone lacks', async () => {
  const shop = await shopCopy();
  const base = await shop.git('rev-parse', 'HEAD');
  await shop.commit({ 'README.md': 'read me\n' });
  const clone = join(shop.root, '../clone');
  await shop.git('clone', '--quiet', '--depth=1', `file://${shop.root}`, clone);
  for (const from of [base, 'HEAD~1']) {
    await expectError(
      shop,
      ['check', '--from', from],
      { code: 'shallow-clone', message: /shallow clone/, hint: /fetch-depth: 0/ },
      { cwd: clone },
    );
  }
  expectExit(await shop.dbcheck(['check'], { cwd: clone }), 0);
});

test('two histories without a common ancestor', async () => {
  const shop = await shopCopy();
  await shop.git('switch', '-q', '--orphan', 'other');
  await shop.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'Other');
  await expectError(shop, ['check', 'main', '--from', 'other'], {
    ...{ code: 'no-merge-base', message: /no common ancestor/, hint: /--from/ },
  });
});

describe('no repository', () => {
  test('at all', async () => {
    const shop = await shopCopy();
    const cwd = await mkdtemp(join(shop.root, '../folder-'));
    for (const args of [['staged'], ['check'], ['fix'], ['fmt'], ['plan'], ['tools'], ['init']]) {
      await expectError(
        shop,
        args,
        {
          code: 'not-a-repository',
          message: /is not in the work tree of a git repository/,
          hint: /git init/,
        },
        { cwd },
      );
    }
  });

  test('with a work tree', async () => {
    const shop = await shopCopy();
    const bare = join(shop.root, '../bare.git');
    await shop.git('clone', '--quiet', '--bare', shop.root, bare);
    await expectError(
      shop,
      ['check'],
      { code: 'not-a-repository', message: /bare repository/, hint: /clone/ },
      { cwd: bare },
    );
  });
});

test('an object that the repository lacks', async () => {
  const shop = await shopCopy();
  await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  await shop.git('add', '--all');
  const oid = await shop.git('rev-parse', `:${QUERY_PATHS.users}`);
  await shop.write({ [`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`]: null });
  await expectError(shop, ['staged'], {
    ...{ code: 'object-missing', place: QUERY_PATHS.users },
    ...{ message: /\S/, hint: /\S/ },
  });
});
