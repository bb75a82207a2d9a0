import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { CLI, copyOf, freshShop, type Shop } from '../shop.ts';

let shop: Shop;
let stale: Shop;
beforeAll(async () => {
  shop = await freshShop(await querySources());
  stale = await copyOf(shop);
  await stale.write({ [QUERY_PATHS.users]: 'DELETE FROM users;\n' });
});
afterAll(() => Promise.all([shop.remove(), stale.remove()]));

/** Runs dbcheck with an end of stdout or stderr that nobody reads from. */
async function unread(at: Shop, args: readonly string[], stream: 'stdout' | 'stderr') {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: at.root, env: at.env });
  child[stream].destroy();
  const [[exitCode], words] = await Promise.all([
    once(child, 'close'),
    text(stream === 'stdout' ? child.stderr : child.stdout),
  ]);
  return { exitCode, words };
}

describe('where nobody reads what is printed', () => {
  test.each([
    [['rules'], 0],
    [['--help'], 0],
    [['check'], 0],
    [['check', '--format', 'json'], 0],
    [['explain', 'no/such'], 2],
  ])('dbcheck %j ends as it would', async (args, exitCode) => {
    expect(await unread(shop, args, 'stdout')).toEqual({ exitCode, words: '' });
  });

  test('findings are findings', async () => {
    expect(await unread(stale, ['lint'], 'stdout')).toEqual({ exitCode: 1, words: '' });
  });

  test('a wrong call is one', async () => {
    expect(await unread(shop, ['stage'], 'stderr')).toEqual({ exitCode: 2, words: '' });
  });
});

test.each([[['rules']], [['check']], [['check', '--timing']], [['--help']]])(
  'dbcheck %j whose output can not be written says so, and is no success',
  async (args) => {
    // What was opened to be read can't be written to, as little as a file on a full disk.
    const readable = await open(CLI, 'r');
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: shop.root,
      env: shop.env,
      stdio: ['ignore', readable.fd, 'pipe'],
    });
    const [[exitCode], stderr] = await Promise.all([
      once(child, 'close'),
      child.stderr === null ? '' : text(child.stderr),
    ]);
    await readable.close();
    expect(stderr).toMatch(/^dbcheck: what it prints can't be written: .*\bEBADF\b.*\n {2}next: .*stdout/m);
    expect(stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(exitCode).toBe(2);
  },
);
