import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTerminal } from '../../support/terminal.ts';
import { CLI, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';

/** What the sources alone say: `OrderStatus` is not in snake_case. */
const MISNAMED = ORDERS_HCL.replaceAll('column "status"', 'column "OrderStatus"').replace(
  "status IN ('open', 'paid', 'sent')",
  'id > 0',
);
const FOUND = 'found in the sources so far; the report follows:';

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop();
  await shop.write({ [PATHS.ordersHcl]: MISNAMED });
  await shop.git('add', '--all');
});
afterAll(() => shop.remove());

function start(args: readonly string[]) {
  const { CI: _, ...env } = shop.env;
  const terminal = { ...env, TERM: 'xterm', NO_COLOR: '1' };
  return inTerminal([process.execPath, CLI, ...args], { cwd: shop.root, env: terminal });
}

test('A terminal shows what runs, how much is known and what is found, until the report stands alone', async () => {
  const run = start(['staged', '--no-cache']);
  expect(await run.ended).toBe(1);
  const shown = run.shown();
  const report = shown.indexOf('Commit blocked');
  expect(shown.slice(0, report)).toMatch(/plan postgres\/orders [\d.]+ s.*; 0 of 5 steps known/);
  const found = `${FOUND}\r\n  warning[schema/naming]: the name of column orders.OrderStatus`;
  expect(shown.slice(0, report)).toContain(found);
  // The last of what is taken back again stands before the first line that stays.
  expect(shown.lastIndexOf(FOUND)).toBeLessThan(shown.indexOf('postgres/orders\r\n'));
  expect(shown.slice(shown.indexOf('postgres/orders\r\n'))).toContain('warning[schema/naming]');
});

test('A quiet run shows nothing of it, and JSON is whole on stdout', async () => {
  const quiet = start(['staged', '--no-cache', '--quiet']);
  await quiet.ended;
  expect(quiet.shown()).not.toContain('steps known');
  const { stdout, stderr } = await shop.dbcheck(['staged', '--no-cache', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'findings' });
  expect(stderr).toBe('');
});

test('Ctrl-C ends a run in good order also while a terminal shows its progress', async () => {
  const run = start(['staged', '--no-cache']);
  await expect.poll(run.shown, { timeout: 60_000 }).toMatch(/of 5 steps known/);
  run.type('\u0003');
  expect(await run.ended).toBe(130);
  expect(run.shown()).toContain('dbcheck: interrupted');
});
