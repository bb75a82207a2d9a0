/** How much of the equal text before a difference is shown, so that the reader recognises the place. */
const LEAD = 40;

/**
 * Cuts the lines of a hunk to a width. A generator may write a whole table on one line, so that the difference lies
 * far behind the width: a removed line and the added one in its place are cut around the first character that differs.
 *
 * @param hunk the lines of a unified hunk with their marks, the header first
 * @param width how many characters of a line are shown, the mark included
 */
export function shortenHunk(hunk: readonly string[], width: number): readonly string[] {
  const starts = windowStarts(hunk, width);
  return hunk.map((line, index) => shortened(line, starts.get(index) ?? 0, width));
}

function windowStarts(hunk: readonly string[], width: number): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  let index = 0;
  while (index < hunk.length) {
    const removed = run(hunk, index, '-');
    const added = run(hunk, index + removed, '+');
    for (let pair = 0; pair < Math.min(removed, added); pair += 1) {
      const before = hunk[index + pair] ?? '';
      const after = hunk[index + removed + pair] ?? '';
      const start = windowStart(before, after, width);
      starts.set(index + pair, start).set(index + removed + pair, start);
    }
    index += Math.max(1, removed + added);
  }
  return starts;
}

function run(hunk: readonly string[], from: number, mark: string): number {
  let length = 0;
  while (hunk[from + length]?.startsWith(mark)) length += 1;
  return length;
}

function windowStart(before: string, after: string, width: number): number {
  let shared = 1;
  while (shared < before.length && before[shared] === after[shared]) shared += 1;
  return shared < width - LEAD ? 0 : shared - LEAD;
}

function shortened(line: string, start: number, width: number): string {
  const text = start === 0 ? line : `${line.slice(0, 1)}…${line.slice(start)}`;
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
