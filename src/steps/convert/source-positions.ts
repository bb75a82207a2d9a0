import { countCharacters, type TextPosition } from '../../format/text-position.ts';

/** Turns the byte offsets of libpg-query's tree into lines and columns of the text that it was made from. */
export function positionsIn(sql: string): (offset: number) => TextPosition {
  const bytes = Buffer.from(sql);
  return (offset) => {
    const before = bytes.subarray(0, offset);
    const lineStart = before.lastIndexOf(0x0a) + 1;
    return {
      line: before.toString('latin1').split('\n').length,
      column: countCharacters(before.subarray(lineStart).toString()) + 1,
    };
  };
}

/** Past the white space and the comments that stand before a statement: the tree counts them in. */
export function startOfStatement(sql: Buffer, location: number): number {
  const text = sql.subarray(location).toString('latin1');
  const skipped = /^(?:\s+|--[^\n]*(?:\n|$))*/.exec(text)?.[0].length ?? 0;
  return location + skipped;
}
