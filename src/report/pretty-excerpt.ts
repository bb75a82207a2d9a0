import { shortenHunk } from './long-lines.ts';
import type { Colors } from './pretty-style.ts';
import { counted, printable } from './printable.ts';

const MAX_HUNKS = 3;
const MAX_LINES = 20;
const MAX_WIDTH = 160;

interface GutterLine {
  /** The line's number in the file of the snapshot, or in the regenerated one where the snapshot has no file. */
  readonly number: number | null;
  readonly text: string;
}

/** A finding's excerpt as lines, and the width of the gutter that the finding's other lines align with. */
export interface PrettyExcerpt {
  readonly gutter: number;
  readonly lines: readonly string[];
}

/**
 * Lays out a difference under a gutter of line numbers: 3 hunks and 20 lines at most unless `whole`.
 *
 * @param diff unified hunks without a file header, or one line of words
 */
export function prettyExcerpt(diff: string, whole: boolean, colors: Colors): PrettyExcerpt {
  const hunks = splitHunks(diff);
  const shown = whole ? hunks : capped(hunks);
  const cut = shown.flatMap((hunk, index) => [
    ...(index === 0 ? [] : [{ number: null, text: '…' }]),
    ...numberLines(hunk),
  ]);
  const gutter = Math.max(2, ...cut.map(({ number }) => (number === null ? 0 : String(number).length)));
  const bar = colors.blue('|');
  const lines = cut.map(({ number, text }) => {
    const label = colors.blue((number === null ? '' : String(number)).padStart(gutter));
    return `${label} ${bar} ${paint(text, colors)}`.trimEnd();
  });
  const cutLines = (hunks[0]?.length ?? 0) - (shown[0]?.length ?? 0);
  const left = leftOut(cutLines, hunks.length - shown.length);
  const edge = `${' '.repeat(gutter)} ${bar}`;
  return { gutter, lines: [edge, ...lines, ...(left === null ? [] : [`${edge}    ${left}`])] };
}

function splitHunks(diff: string): readonly string[][] {
  const hunks: string[][] = [];
  for (const line of printable(diff).replace(/\n$/, '').split('\n')) {
    const last = hunks.at(-1);
    if (isHeader(line) || last === undefined) hunks.push([line]);
    else last.push(line);
  }
  return hunks;
}

/** Whole hunks as far as they fit, since half of one reads as another change; of the first as much as fits. */
function capped(hunks: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const shown: (readonly string[])[] = [];
  let lines = 0;
  for (const hunk of hunks.slice(0, MAX_HUNKS)) {
    const content = isHeader(hunk[0]) ? hunk.length - 1 : hunk.length;
    if (shown.length > 0 && lines + content > MAX_LINES) break;
    lines += content;
    shown.push(shortenHunk(hunk.slice(0, hunk.length - content + MAX_LINES), MAX_WIDTH));
  }
  return shown;
}

function isHeader(line: string | undefined): boolean {
  return line?.startsWith('@@ ') ?? false;
}

function numberLines(hunk: readonly string[]): readonly GutterLine[] {
  const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)/.exec(hunk[0] ?? '');
  if (header === null) return hunk.map((text) => ({ number: null, text }));
  const [, oldStart, oldCount, newStart] = header.map(Number);
  const isNewFile = oldStart === 0 && oldCount === 0;
  let number = (isNewFile ? newStart : oldStart) ?? 1;
  return hunk.slice(1).map((text) => {
    const counts = isNewFile ? text.startsWith('+') : text.startsWith('-') || text.startsWith(' ');
    const line = { number: counts ? number : null, text };
    if (counts) number += 1;
    return line;
  });
}

function paint(text: string, colors: Colors): string {
  if (text.startsWith('-')) return colors.red(text);
  if (text.startsWith('+')) return colors.green(text);
  return text.startsWith(' ') ? colors.dim(text) : text;
}

function leftOut(lines: number, hunks: number): string | null {
  const parts = [
    ...(lines > 0 ? [counted(lines, 'more line')] : []),
    ...(hunks > 0 ? [counted(hunks, 'more hunk')] : []),
  ];
  return parts.length === 0 ? null : `… ${parts.join(' and ')} (--verbose)`;
}
