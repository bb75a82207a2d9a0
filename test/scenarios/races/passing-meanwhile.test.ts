import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ONE_MORE_POST_QUERY, ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';
import { gitThatMoves } from './moving-git.ts';

const STAGE_LATE = 'echo late > late.txt && "$GIT" add late.txt';
const MOVE_HEAD = '"$GIT" update-ref HEAD $("$GIT" commit-tree -p HEAD -m Late HEAD^{tree})';

async function copied(fresh: Shop): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

describe('where a commit passes without a database', () => {
  let fresh: Shop;
  beforeAll(async () => {
    fresh = await freshShop();
    await fresh.commit({
      'dbcheck.config.yaml':
        'devDatabase:\n  postgres: postgres://checker@127.0.0.1:1/dev?sslmode=disable\nstaged: {unavailable: warn}\n',
    });
    await fresh.write({ [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(20)') });
    await fresh.git('add', '--all');
  });
  afterAll(() => fresh.remove());

  test('and nothing moves, it says that it was not checked', async () => {
    const shop = await copied(fresh);
    const { stdout } = expectExit(await shop.dbcheck(['staged']), 0);
    expect(stdout).toContain('NOT CHECKED');
  });

  test.each([
    ['index-changed', STAGE_LATE],
    ['head-changed', MOVE_HEAD],
  ])('a moved tree is %s', async (code, does) => {
    const shop = await copied(fresh);
    const { stdout } = expectExit(await shop.dbcheck(['staged'], { env: await gitThatMoves(shop, does) }), 2);
    expect(stdout).toContain(`error[${code}]: `);
    expect(stdout).not.toContain('NOT CHECKED');
  });
});

describe('where the verdict is known from an earlier run', () => {
  let fresh: Shop;
  beforeAll(async () => {
    fresh = await freshShop(await querySources());
    // Stale in HEAD and in the index alike, so that it is nobody's change.
    await fresh.commit({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await fresh.write({ 'README.md': 'read me\n', 'late.sql': ONE_MORE_POST_QUERY });
    await fresh.git('add', 'README.md');
  });
  afterAll(() => fresh.remove());

  /** The place is part of what a verdict is known by, so that a copy has to come to its own. */
  async function judged(): Promise<Shop> {
    const shop = await copied(fresh);
    expectExit(await shop.dbcheck(['staged']), 0);
    return shop;
  }

  const STAGE_STALE = `cp late.sql ${QUERY_PATHS.posts} && "$GIT" add ${QUERY_PATHS.posts}`;
  const COMMIT_FORMER_TREE = '"$GIT" update-ref HEAD $("$GIT" commit-tree -p HEAD -m Late HEAD^^{tree})';

  test('and nothing moves, that is the answer', async () => {
    const shop = await judged();
    expectExit(await shop.dbcheck(['staged'], { env: await gitThatMoves(shop, 'true', 'identified') }), 0);
  });

  test.each([
    ['index', STAGE_STALE, QUERY_PATHS.postsCode],
    ['HEAD', COMMIT_FORMER_TREE, QUERY_PATHS.usersCode],
  ])('it is none for another %s, whether git keeps a log of HEAD or not', async (_, does, place) => {
    for (const isLogged of [true, false]) {
      const shop = await judged();
      if (!isLogged) {
        await shop.git('config', 'core.logAllRefUpdates', 'false');
        await rm(shop.path('.git/logs'), { recursive: true });
      }
      const env = await gitThatMoves(shop, does, 'identified');
      const { stdout } = expectExit(await shop.dbcheck(['staged'], { env }), 1);
      expect(stdout).toContain(`--> ${place}`);
    }
  });
});
