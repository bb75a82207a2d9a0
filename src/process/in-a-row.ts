import { setImmediate as othersTurn } from 'node:timers/promises';

/** Some milliseconds' worth of small files. */
const IN_A_ROW = 128;

/**
 * Reads or writes a small file for each item, one after another and without waiting for any: in a scratch folder, which is in memory or
 * in the cache of its disk, the promises of a file take ten times what the file does, and by the thousand outlive V8's space for
 * young objects. Every now and then whatever else is going on has its turn.
 *
 * @returns what came of each, in order
 */
export async function inARow<T, R>(items: Iterable<T>, work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    if (results.length % IN_A_ROW === IN_A_ROW - 1) await othersTurn();
    results.push(work(item, results.length));
  }
  return results;
}
