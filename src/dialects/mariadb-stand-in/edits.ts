import { countCharacters, type TextPosition } from '../../format/text-position.ts';

/** A stretch of a text, in UTF-16 units, and what takes its place; an empty stretch is an insertion. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes edits that don't overlap, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** Where something in the edited text stands in the original; what an edit wrote stands where the edit was made. */
export function positionBeforeEdits(
  original: string,
  edits: readonly Edit[],
  position: TextPosition,
): TextPosition {
  const offset = offsetAt(applyEdits(original, edits), position);
  let shift = 0;
  for (const edit of inOrder(edits)) {
    const start = edit.start + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return positionAt(original, edit.start);
    shift += edit.text.length - (edit.end - edit.start);
  }
  return positionAt(original, offset - shift);
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((left, right) => left.start - right.start);
}

function offsetAt(text: string, { line, column }: TextPosition): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const characters = [...new Intl.Segmenter().segment(lines[line - 1] ?? '')];
  const inLine = characters.slice(0, column - 1).reduce((sum, { segment }) => sum + segment.length, 0);
  return before + inLine;
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: countCharacters(before.at(-1) ?? '') + 1 };
}
