import { type Document, isNode, isSeq } from 'yaml';
import { findSpot, type KeyPath } from './yaml-places.ts';

/** From where to where something goes in a text, the end not included, in UTF-16 units. */
export type TextSpan = readonly [start: number, end: number];

/**
 * The lines of each item of a list, so that some can be left out before the text is parsed once more: parsing a thousand
 * items to keep one takes long. What stands between two items goes with the first one.
 *
 * @returns null where the lines of an item hold more than that, or where anchors may lead from one to another
 */
export function itemLines(text: string, document: Document, keys: KeyPath): readonly TextSpan[] | null {
  const { exact, node } = findSpot(document, keys);
  if (!exact || !isSeq(node) || node.flow === true || text.includes('&')) return null;
  const end = node.range?.[2] ?? text.length;
  const starts = node.items.map((item) => {
    const offset = isNode(item) ? (item.range?.[0] ?? 0) : 0;
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    return /^ *- +$/.test(text.slice(start, offset)) ? start : null;
  });
  if (starts.includes(null) || (end < text.length && text[end - 1] !== '\n')) return null;
  return starts.map((start, index): TextSpan => [start ?? 0, starts[index + 1] ?? end]);
}

/** The text without the items that are not kept. */
export function withoutOtherItems(
  text: string,
  lines: readonly TextSpan[],
  keep: ReadonlySet<number>,
): string {
  const others = lines.filter((_, index) => !keep.has(index));
  const rest = others.map(([start], index) => text.slice(others[index - 1]?.[1] ?? 0, start));
  return [...rest, text.slice(others.at(-1)?.[1] ?? 0)].join('');
}
