import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Shop } from '../shop.ts';
import { moments, seedOfRun } from './moments.ts';
import { measured, type StaleShop, type Struck, strike } from './strike.ts';

/**
 * Tests that end `fix` at moments all over its run: what it leaves is old or new in every file, and the next run completes.
 *
 * @param share of the moments that `DBCHECK_FIX_MOMENTS` asks for in all
 * @param usual how many there are in the tests that always run
 */
export function expectMoments(
  name: string,
  make: () => Promise<Shop>,
  { share, usual }: { readonly share: number; readonly usual: number },
): void {
  const asked = process.env['DBCHECK_FIX_MOMENTS'];
  const count = asked === undefined ? usual : Math.round(Number(asked) * share);
  const seed = seedOfRun();
  const found: Record<Struck, number> = { 'nothing written': 0, 'partly written': 0, 'all written': 0 };
  let stale: StaleShop;

  describe(`${name} (DBCHECK_FIX_SEED=${seed})`, () => {
    beforeAll(async () => {
      stale = await measured(await make());
    });
    afterAll(async () => {
      const counts = Object.entries(found).map(([what, times]) => `${times} ${what}`);
      process.stdout.write(`\n${name}: ${count} moments, seed ${seed}: ${counts.join(', ')}\n`);
      await stale.shop.remove();
    });

    test.each(moments(count, seed))('$name', async (moment) => {
      found[await strike(stale, moment)] += 1;
    });
  });
}
