import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { stateOf } from '../kills/state.ts';
import { ONE_MORE_POST_QUERY, ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';
import { gitThatMoves } from './moving-git.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
  await fresh.write({ 'late.sql': ONE_MORE_POST_QUERY });
});
afterAll(() => fresh.remove());

const MOVES = {
  'index-changed': `cp late.sql ${QUERY_PATHS.posts} && "$GIT" add ${QUERY_PATHS.posts}`,
  'head-changed': '"$GIT" update-ref HEAD $("$GIT" commit-tree -p HEAD -m Late HEAD^{tree})',
} as const;

describe.each([
  ['with outputs to stage', { [QUERY_PATHS.users]: ONE_MORE_USER_QUERY }],
  ['with nothing to stage', { [QUERY_PATHS.users]: null, [QUERY_PATHS.usersCode]: null }],
])('fix --stage %s', (_, files) => {
  test.each(Object.entries(MOVES))('changes nothing where it is %s meanwhile', async (code, does) => {
    const shop = await copyOf(fresh);
    onTestFinished(() => shop.remove());
    await shop.write(files);
    await shop.git('add', '--', 'tools', 'internal');
    const before = await stateOf(shop);
    const outputs = await shop.git('diff', '--cached', '--name-only', '--', QUERY_PATHS.out);
    const env = await gitThatMoves(shop, does);
    const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage'], { env }), 2);
    expect(stdout).toContain(`error[${code}]: `);
    expect(stdout).toContain('= next:    run the same command again');
    // What somebody else did is all that happened.
    const now = await stateOf(shop);
    const paths = [...now.disk.keys()].filter((path) => now.disk.get(path) !== before.disk.get(path));
    expect({ paths, staged: now.index !== before.index }).toEqual(
      code === 'index-changed' ? { paths: [QUERY_PATHS.posts], staged: true } : { paths: [], staged: false },
    );
    expect(await shop.git('diff', '--cached', '--name-only', '--', QUERY_PATHS.out)).toBe(outputs);
    expectExit(await shop.dbcheck(['fix', '--stage'], { env }), 0);
    expectExit(await shop.dbcheck(['staged']), 0);
  });
});
