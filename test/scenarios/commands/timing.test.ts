import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectExit, freshShop, type Shop } from '../shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop();
});
afterAll(() => shop.remove());

test('--timing says on stderr what a check waited for, and leaves stdout as it is', async () => {
  const { stdout, stderr } = expectExit(
    await shop.dbcheck(['check', '--timing', '--no-cache', '--format', 'json']),
    0,
  );
  expect(JSON.parse(stdout).outcome).toBe('clean');
  const lines = stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^ +\d+\.\d{3} s {2}dbcheck check$/);
  // Whatever else took how long, the code is generated last, from what was replayed, from what was planned.
  const steps = lines.flatMap((line) => /s {4}(plan|extract|sqlc) /.exec(line)?.[1] ?? []);
  expect(steps).toEqual(['plan', 'extract', 'sqlc']);
});

test('Without it stderr is empty where nobody watches', async () => {
  expect(expectExit(await shop.dbcheck(['staged']), 0).stderr).toBe('');
});
