import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { leftovers } from '../../devdb/leftovers.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { withoutProgress } from '../../support/progress-lines.ts';
import { CLI, copyOf, freshShop, PATHS, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop();
});
afterAll(() => fresh.remove());

/** Runs dbcheck at the head of a process group of its own, as a shell does for a terminal. */
function start(shop: Shop, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: shop.root,
    env: shop.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function until(condition: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) if (await condition()) return;
  throw new Error('it ended before it could be interrupted');
}

/** The moments at which it is stopped, by what the run has made until then. */
const MOMENTS: Readonly<Record<string, (found: readonly string[]) => boolean>> = {
  'when it has a scratch folder': (found) => found.length > 0,
  'while the server starts': (found) => found.some((entry) => entry.includes('/bin/postgres')),
  'while Atlas plans': (found) => found.some((entry) => entry.includes('migrate diff')),
};

describe('a check that is interrupted', () => {
  for (const [moment, isReached] of Object.entries(MOMENTS)) {
    test.each(['SIGINT', 'SIGTERM'] as const)(
      `${moment} by %s ends with 130 and leaves nothing`,
      async (signal) => {
        const before = await fingerprint(fresh.root);
        const child = start(fresh, 'check', '--no-cache');
        const pid = child.pid ?? 0;
        const said = Promise.all(
          [child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))),
        );
        await until(async () => isReached(await leftovers(pid)), child);
        child.kill(signal);
        const [code, by] = await once(child, 'exit');
        const [stdout = '', stderr = ''] = await said;
        expect([code, by, stdout, withoutProgress(stderr)]).toEqual([
          130,
          null,
          '',
          'dbcheck: interrupted\n',
        ]);
        await expect.poll(() => leftovers(pid), { timeout: 20_000 }).toEqual([]);
        expect(await fingerprint(fresh.root)).toEqual(before);
      },
    );
  }

  test('by Ctrl-C, which reaches the tools as well, ends the same way', async () => {
    const child = start(fresh, 'check', '--no-cache');
    const pid = child.pid ?? 0;
    await until(async () => (await leftovers(pid)).some((entry) => entry.includes('migrate diff')), child);
    process.kill(-pid, 'SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    await expect.poll(() => leftovers(pid), { timeout: 20_000 }).toEqual([]);
  });
});

test('a mend that is interrupted while its steps run writes nothing', async () => {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({
    [PATHS.ordersHcl]: (await shop.read(PATHS.ordersHcl)).toString().replace('(16)', '(32)'),
  });
  const before = await fingerprint(shop.root);
  const child = start(shop, 'fix', '--no-cache');
  const pid = child.pid ?? 0;
  await until(async () => (await leftovers(pid)).some((entry) => entry.includes('migrate diff')), child);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  await expect.poll(() => leftovers(pid), { timeout: 20_000 }).toEqual([]);
  expect(await fingerprint(shop.root)).toEqual(before);
});
