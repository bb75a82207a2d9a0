import { afterAll, beforeAll, expect, test } from 'vitest';
import { querySources } from '../query-shop.ts';
import { freshShop, type Shop } from '../shop.ts';
import { expectError } from './expect-error.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop(await querySources());
});
afterAll(() => shop.remove());

test.each([
  [['stage'], /unknown command 'stage'.*Did you mean staged/s],
  [['staged', '--fromat', 'json'], /unknown option '--fromat'.*Did you mean --format/s],
  [['staged', '--format', 'xml'], /argument 'xml' is invalid.*pretty, json/s],
  [['staged', '--format'], /argument missing/],
  [['staged', '--target', ''], /a target is a dialect/],
  [['staged', 'surplus'], /too many arguments/],
  [['check', 'HEAD', 'HEAD'], /too many arguments/],
  [['fix', '--staged'], /unknown option '--staged'.*Did you mean --stage/s],
  [[], /Usage: dbcheck/],
])('dbcheck %j is not understood', async (args, words) => {
  const answer = await shop.dbcheck(args);
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toMatch(words);
  expect(answer.stdout).toBe('');
  expect(answer.stderr).not.toMatch(/^\s+at /m);
});

test.each([[['--help']], [['staged', '--help']], [['--version']]])('dbcheck %j answers', async (args) => {
  const answer = await shop.dbcheck(args);
  expect(answer).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/\S/) });
});

test.each(['/dev/null', '/proc/self/no-such-folder', 'relative'])(
  'a folder for temporary files that is none (%s) is an error',
  async (folder) => {
    await expectError(
      shop,
      ['check', '--no-cache'],
      {
        ...{ code: 'temp-folder', message: new RegExp(`TMPDIR.*${folder}`) },
        hint: /set TMPDIR to a folder that is there.*or unset it/,
      },
      { env: { TMPDIR: folder } },
    );
  },
);
