import { isUtf8 } from 'node:buffer';

/** Where something stands in a text; both count from 1, the column in characters as a person sees them. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** @returns the position of the first byte that is not part of valid UTF-8, or null where all of it is valid */
export function firstInvalidUtf8(bytes: Buffer): TextPosition | null {
  if (isUtf8(bytes)) return null;
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) return { line, column: countCharacters(longestValidPrefix(text)) + 1 };
    line += 1;
    start = end + 1;
  }
}

function longestValidPrefix(text: Buffer): string {
  let length = text.length;
  while (!isUtf8(text.subarray(0, length))) length -= 1;
  return text.subarray(0, length).toString();
}

/**
 * Finds positions in one text.
 *
 * @returns a function from an offset in UTF-16 units, which counts from 0, to the position there
 */
export function textPositions(text: string): (offset: number) => TextPosition {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let line = 0;
    for (let above = starts.length; above - line > 1; ) {
      const middle = (line + above) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else above = middle;
    }
    return { line: line + 1, column: countCharacters(text.slice(starts[line], offset)) + 1 };
  };
}

/** Printable ASCII: no two of these are one character, and the segmenter takes a thousand times as long. */
const ONE_UNIT_EACH = /^[\t\x20-\x7e]*$/;

/** How many characters a person sees in a text, which is what an editor and HCL's own errors count columns by. */
export function countCharacters(text: string): number {
  if (ONE_UNIT_EACH.test(text)) return text.length;
  return [...new Intl.Segmenter().segment(text)].length;
}
