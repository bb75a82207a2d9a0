/** Files are read and written by four threads; more at once would wait in memory. */
const BATCH = 64;

/**
 * Does something for each item, side by side, but for no more than some at once: what a file of thousands needs while it
 * waits for the disk is not there a thousand times.
 *
 * @returns what came of each, in order
 */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    made.push(...(await Promise.all(batch.map((item, index) => work(item, start + index)))));
  }
  return made;
}
