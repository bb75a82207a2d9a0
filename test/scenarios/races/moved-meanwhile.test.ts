import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Files } from '../../support/repository.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { type Answer, copyOf, freshShop, type Shop } from '../shop.ts';
import { gitThatMoves } from './moving-git.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop({ ...(await querySources()), 'dbcheck.config.yaml': 'rules: {}\n' });
});
afterAll(() => fresh.remove());

/** What stands in the index when the check begins, and how it ends where nothing moves. */
const ENDS: Readonly<Record<string, { readonly files: Files; readonly exitCode: number }>> = {
  'nothing affected': { files: { 'README.md': 'read me\n' }, exitCode: 0 },
  'nothing staged': { files: {}, exitCode: 0 },
  'judged and clean': { files: { [QUERY_PATHS.users]: null, [QUERY_PATHS.usersCode]: null }, exitCode: 0 },
  findings: { files: { [QUERY_PATHS.users]: ONE_MORE_USER_QUERY }, exitCode: 1 },
  'findings without a tool': {
    files: { [QUERY_PATHS.config]: null, [QUERY_PATHS.users]: null },
    exitCode: 1,
  },
};

/** What somebody else does to the repository, as a line for `sh`; `$GIT` is git itself. */
const MOVES = {
  'index-changed': { does: 'echo late > late.txt && "$GIT" add late.txt', message: 'error[index-changed]: ' },
  'head-changed': {
    does: '"$GIT" update-ref HEAD $("$GIT" commit-tree -p HEAD -m Late HEAD^{tree})',
    message: 'error[head-changed]: ',
  },
} as const;

async function stagedShop(files: Files): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write(files);
  await shop.git('add', '--all');
  return shop;
}

describe.each(Object.entries(ENDS))('where the check ends with %s', (_, { files, exitCode }) => {
  test('and nothing moves, that is the answer', async () => {
    const shop = await stagedShop(files);
    const env = await gitThatMoves(shop, 'true');
    const answer = await shop.dbcheck(['staged'], { env });
    expect({ exitCode: answer.exitCode, said: said(answer) }).toMatchObject({ exitCode });
  });

  test.each(Object.entries(MOVES))('a moved tree is %s', async (_name, { does, message }) => {
    const shop = await stagedShop(files);
    const env = await gitThatMoves(shop, does);
    const answer = await shop.dbcheck(['staged'], { env });
    expect(said(answer)).toContain(message);
    expect(answer.exitCode).toBe(2);
    // Nothing moves any more.
    expect((await shop.dbcheck(['staged'], { env })).exitCode).toBe(exitCode);
  });
});

test.each(Object.entries(MOVES))(
  'a commit under which the tree moves is refused with %s',
  async (_, move) => {
    const shop = await stagedShop({ [QUERY_PATHS.users]: null, [QUERY_PATHS.usersCode]: null });
    const env = await gitThatMoves(shop, move.does);
    // Git puts its own folder before all others on the PATH of a hook.
    const hook = (await shop.read('.git/hooks/pre-commit')).toString();
    await shop.hook('pre-commit', hook.replace('\n', `\nexport PATH='${env['PATH']}'\n`));
    const refused = await shop.commitStaged();
    expect(refused.stderr).toContain(move.message);
    expect(refused.exitCode).toBe(1);
    expect(await shop.git('log', '--format=%s', '--max-count=1')).not.toBe('Change');
  },
);

function said({ stdout, stderr }: Answer): string {
  return stdout + stderr;
}

test('a verdict on what the index became is not kept for what it was', async () => {
  const shop = await stagedShop({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
  const env = await gitThatMoves(shop, '"$GIT" reset --quiet', 'identified');
  expect((await shop.dbcheck(['staged'], { env })).exitCode).toBe(0);
  await shop.git('add', '--all');
  expect((await shop.dbcheck(['staged'])).exitCode).toBe(1);
});
