import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunResult } from '../../../src/process/run.ts';
import { duringHook } from '../../support/hook.ts';
import {
  ONE_MORE_POST_QUERY,
  ONE_MORE_USER_QUERY,
  QUERY_PATHS,
  querySources,
  USER_QUERIES,
} from '../query-shop.ts';
import { copyOf, emptyShop, expectExit, freshShop, type Shop } from '../shop.ts';

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

describe('a commit', () => {
  test('of the index is refused, mended and made', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    await expectRefused(shop, () => shop.commitStaged(), `--> ${QUERY_PATHS.usersCode}`);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await expectCommitted(shop, () => shop.commitStaged());
    expect((await shop.status()).isClean()).toBe(true);
  });

  test('-a takes what is on disk', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await expectRefused(shop, () => shop.commitStaged('-a'), QUERY_PATHS.usersCode);
    expect(await shop.git('diff', '--cached', '--name-only')).toBe('');
    expectExit(await shop.dbcheck(['fix']), 0);
    await expectCommitted(shop, () => shop.commitStaged('-a'));
  });

  test('PATH is judged without what else is staged', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    expectExit(await shop.dbcheck(['fix']), 0);
    await shop.git('add', '--all');
    expect(await shop.staged()).toMatchObject({ outcome: 'clean' });
    await expectRefused(shop, () => shop.commitStaged(QUERY_PATHS.users), QUERY_PATHS.usersCode);
    await expectCommitted(shop, () => shop.commitStaged(QUERY_PATHS.users, QUERY_PATHS.out));
    expect((await shop.status()).isClean()).toBe(true);
  });

  test('PATH passes over what is stale in the index beside it', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY, 'README.md': 'read me\n' });
    await shop.git('add', '--all');
    const { exitCode, stderr } = await shop.commitStaged('README.md');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(await shop.git('diff', '--cached', '--name-only')).toBe(QUERY_PATHS.users);
  });

  test('PATH has a private index, which fix --stage refuses to write to', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    const ended = await duringHook(
      shop,
      ['commit', '--quiet', '-m', 'Change', QUERY_PATHS.users],
      async ({ cwd, env }) => {
        const given = { GIT_INDEX_FILE: env['GIT_INDEX_FILE'] ?? '' };
        const answer = await shop.dbcheck(['fix', '--stage', '--format', 'json'], { cwd, env: given });
        expect(JSON.parse(answer.stdout)).toMatchObject({
          outcome: 'error',
          errors: [{ code: 'private-index', hint: expect.stringMatching(/\S/) }],
        });
        return answer.exitCode;
      },
    );
    expect(ended.exitCode).toBe(1);
    expect(await shop.git('diff', '--cached', '--name-only')).toBe('');
    expect(await shop.git('diff', '--name-only')).toBe(QUERY_PATHS.users);
  });

  test('-i PATH is judged together with what is staged', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    await shop.write({ [QUERY_PATHS.posts]: ONE_MORE_POST_QUERY });
    const both = await shop.tryGit(['commit', '-qm', 'Change', '-i', QUERY_PATHS.posts]);
    expect(both.exitCode).toBe(1);
    expect(both.stderr).toContain(QUERY_PATHS.usersCode);
    expect(both.stderr).toContain(QUERY_PATHS.postsCode);
    expectExit(await shop.dbcheck(['fix']), 0);
    const commit = () => shop.tryGit(['commit', '-qm', 'Change', '-i', QUERY_PATHS.posts, QUERY_PATHS.out]);
    await expectCommitted(shop, commit);
    expect((await shop.status()).isClean()).toBe(true);
  });

  test('--amend is judged like any other, and a new message alone costs nothing', async () => {
    const shop = await shopCopy();
    const reworded = await shop.tryGit(['commit', '--amend', '-qm', 'Another message']);
    expect(reworded).toMatchObject({ exitCode: 0, stderr: '' });
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    const amend = () => shop.tryGit(['commit', '--amend', '-qm', 'Amended']);
    await expectRefused(shop, amend, QUERY_PATHS.usersCode);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await expectCommitted(shop, amend);
    expect(await shop.git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  test('can be the first of a repository', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    await shop.write(await querySources());
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['init']), 0);
    const refused = await shop.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error[generated/missing]');
    expect((await shop.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD'])).exitCode).toBe(1);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await expectCommitted(shop, () => shop.commitStaged());
  });

  test('that only deletes is judged', async () => {
    const shop = await shopCopy();
    await shop.git('rm', '--quiet', QUERY_PATHS.posts);
    const orphan = await shop.commitStaged();
    expect(orphan.exitCode).toBe(1);
    expect(orphan.stderr).toContain('error[generated/orphan]');
    expect(orphan.stderr).toContain(`--> ${QUERY_PATHS.postsCode}`);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect(await shop.git('diff', '--cached', '--name-status')).toContain(`D\t${QUERY_PATHS.postsCode}`);
    await expectCommitted(shop, () => shop.commitStaged());

    await shop.git('rm', '--quiet', QUERY_PATHS.usersCode);
    const missing = await shop.commitStaged();
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain('error[generated/missing]');
    expect(missing.stderr).toContain(`--> ${QUERY_PATHS.usersCode}`);
  });
});

describe('what is not in the index is not judged', () => {
  test('neither edits nor untracked files on disk', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', QUERY_PATHS.users);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await shop.write({
      [QUERY_PATHS.users]: '-- name: broken',
      [QUERY_PATHS.usersCode]: 'edited after it was staged',
      [QUERY_PATHS.schema]: null,
      'tools/sqlc/queries/postgres/untracked.sql': 'SELECT nonsense',
      'internal/store/untracked.sql.go': '// Code generated by sqlc. DO NOT EDIT.\n\npackage store\n',
      'tools/sqlc/go.mod': 'no module\n',
    });
    await expectCommitted(shop, () => shop.commitStaged());
    expect((await shop.read(QUERY_PATHS.usersCode)).toString()).toBe('edited after it was staged');
  });

  test('nor is a mend on disk that is not staged', async () => {
    const shop = await shopCopy();
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix']), 0);
    await expectRefused(shop, () => shop.commitStaged(), QUERY_PATHS.usersCode);
  });
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
