import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const MEBIBYTE = 1024 * 1024;
const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const PROGRAM = fileURLToPath(new URL('young-generation.ts', import.meta.url));

async function sizeAfter(...args: readonly string[]): Promise<number> {
  const { stdout } = await execa(process.execPath, [JITI, PROGRAM, ...args]);
  return Number(stdout);
}

it('keeps the young generation from growing', async () => {
  const [small, grown] = await Promise.all([sizeAfter('small'), sizeAfter()]);
  expect(grown).toBeGreaterThanOrEqual(16 * MEBIBYTE);
  expect(small).toBeLessThanOrEqual(grown / 2);
});
