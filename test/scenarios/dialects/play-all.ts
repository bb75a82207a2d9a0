import { describe, it } from 'vitest';
import { play, playInIndex, type Scenario } from '../rules/scenario.ts';
import type { Shop } from '../shop.ts';

/**
 * Plays scenarios that a dialect has in common with others. A commit costs several runs, and nothing in a hook knows
 * of dialects, so the first goes through one and the others through the index.
 *
 * @param shop gives the shop once `beforeAll` has made it
 */
export function playAll(name: string, scenarios: readonly Scenario[], shop: () => Shop): void {
  describe(name, () => {
    const [first, ...others] = scenarios;
    if (first === undefined) throw new Error(`${name} has no scenario`);
    it(first.name, () => play(first, shop()));
    for (const scenario of others) it(scenario.name, () => playInIndex(scenario, shop()));
  });
}
