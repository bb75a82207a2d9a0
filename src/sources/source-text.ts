import { countCharacters, type TextPosition } from '../format/text-position.ts';

/** A decoded source with what places in it are found by; offsets into it count UTF-16 units. */
export interface SourceText {
  readonly text: string;
  /** The offset of each line's first unit. */
  readonly lineStarts: readonly number[];
  readonly isAscii: boolean;
}

export function sourceText(text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
  return { text, lineStarts, isAscii: /^[\u0000-\u007f]*$/.test(text) };
}

/** The line and the column of an offset, in characters as a person sees them. */
export function positionAt({ text, lineStarts, isAscii }: SourceText, offset: number): TextPosition {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const start = lineStarts[low] ?? 0;
  const characters = isAscii ? offset - start : countCharacters(text.slice(start, offset));
  return { line: low + 1, column: characters + 1 };
}

/** Turns offsets in UTF-8 bytes of a text, which ascend or not, into offsets of the text itself. */
export function byteOffsets({ text, isAscii }: SourceText): (byte: number) => number {
  if (isAscii) return (byte) => byte;
  const offsets = new Uint32Array(Buffer.byteLength(text) + 1);
  let byte = 0;
  let offset = 0;
  for (const character of text) {
    const width = Buffer.byteLength(character);
    offsets.fill(offset, byte, byte + width);
    byte += width;
    offset += character.length;
  }
  offsets[byte] = offset;
  return (at) => offsets[Math.min(at, byte)] ?? text.length;
}

/** The offset of the character of that number; characters are Unicode's code points, from 0. */
export function characterOffset({ text, isAscii }: SourceText, index: number): number {
  if (isAscii) return index;
  let offset = 0;
  let left = index;
  for (const character of text) {
    if (left === 0) break;
    left -= 1;
    offset += character.length;
  }
  return offset;
}
