import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';

interface HeapSizes {
  readonly young: number;
  readonly old: number;
}

const MEBIBYTE = 1024 * 1024;
const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const PROGRAM = fileURLToPath(new URL('heap-sizes.ts', import.meta.url));

/** On one thread, so that what else the machine does has no part in when garbage is collected. */
async function sizes(...args: readonly string[]): Promise<HeapSizes> {
  const { stdout } = await execa(process.execPath, ['--single-threaded-gc', JITI, PROGRAM, ...args]);
  return JSON.parse(stdout) as HeapSizes;
}

let set: HeapSizes;
let unset: HeapSizes;
beforeAll(async () => {
  // What jiti has not compiled yet makes garbage of its own, before anything is set.
  await sizes();
  [set, unset] = await Promise.all([sizes('set'), sizes()]);
});

it('keeps the young generation from growing', () => {
  expect(unset.young).toBeGreaterThanOrEqual(16 * MEBIBYTE);
  expect(set.young).toBeLessThanOrEqual(unset.young / 2);
});

it('collects the old generation before it has grown much', () => {
  expect(unset.old).toBeGreaterThanOrEqual(32 * MEBIBYTE);
  expect(set.old).toBeLessThanOrEqual(unset.old / 2);
});
