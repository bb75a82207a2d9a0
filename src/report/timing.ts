import { criticalPath, type Span, type Waited } from '../process/activity.ts';
import { printable } from './printable.ts';

/** What is not worth a line: less than this of the whole. */
const LEAST_SHARE = 0.005;

/**
 * The critical path of a run as a tree, a line for each piece of work that whoever waits has waited for.
 *
 * @param now what the run's clock says
 */
export function timingTree(whole: Span, now: number): string {
  const path = criticalPath(whole, now);
  const least = path.milliseconds * LEAST_SHARE;
  const lines = (waited: Waited, depth: number): readonly string[] => [
    `${seconds(waited.milliseconds)}  ${'  '.repeat(depth)}${printable(waited.name)}`,
    ...waited.parts
      .filter(({ milliseconds }) => milliseconds >= least)
      .flatMap((part) => lines(part, depth + 1)),
  ];
  return `${lines(path, 0).join('\n')}\n`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3).padStart(8)} s`;
}
