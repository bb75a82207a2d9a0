import pLimit from 'p-limit';

/** Files are read and written by four threads; more at once would wait in memory. */
const FEW = 64;

/**
 * Does something for each item, side by side, but for no more than some at once: what a file of thousands needs while it
 * waits for the disk is not there a thousand times.
 *
 * @returns what came of each, in order
 */
export function fewAtOnce<T, R>(
  items: Iterable<T>,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  return pLimit(FEW).map(items, work);
}
