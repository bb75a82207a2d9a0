import type { HclAttribute, HclElement, HclExpression, HclFile, HclRange } from '../format/hcl-file.ts';
import type { ColumnReference, Comment, Definition, Label, Named, SourceLocation } from './schema-model.ts';

/** One file, to say where its parts stand and how they are written. */
export class SourceText {
  readonly #path: string;
  readonly #file: HclFile;

  constructor(path: string, file: HclFile) {
    this.#path = path;
    this.#file = file;
  }

  location(offset: number): SourceLocation {
    return { path: this.#path, ...this.#file.positionAt(offset) };
  }

  /** The text of an expression, each run of white space in it one space. */
  written({ start, end }: HclRange): string {
    return this.#file.text.slice(start, end).replace(/\s+/g, ' ');
  }

  /** What a block defines; null where it has no name. */
  definition(block: HclElement): Definition | null {
    const { name, label, location } = this.named(block);
    return name === null || label === null ? null : { name, label, location };
  }

  /** The last of one or two labels is the name, as Atlas has it. */
  named({ labels, labelRanges, line, column }: HclElement): Named {
    const location = { path: this.#path, line, column };
    const name = labels.length > 2 ? undefined : labels.at(-1);
    const range = labelRanges.at(-1);
    if (name === undefined || range === undefined) return { name: null, label: null, location };
    const label: Label = { location: this.location(range.start), start: range.start, end: range.end };
    return { name, label, location };
  }
}

/** The text that an expression stands for, where that can be told: `"x"`, and the argument of `sql("x")`. */
export function textOf(value: HclExpression | undefined): string | null {
  if (value?.kind === 'string') return value.text;
  if (value?.kind !== 'call' || value.name !== 'sql') return null;
  const [text, ...more] = value.arguments;
  return text?.kind === 'string' && more.length === 0 ? text.text : null;
}

/** @returns null where the expression refers to no column */
export function columnReference(source: SourceText, value: HclExpression): ColumnReference | null {
  if (value.kind !== 'reference') return null;
  const { path } = value;
  const location = source.location(value.start);
  const column = path.at(-1);
  if (column === undefined || path.at(-2) !== 'column') return null;
  if (path.length === 2) return { table: null, column, location };
  const name = path.at(-3);
  if (path[0] !== 'table' || name === undefined || path.length < 4 || path.length > 5) return null;
  return { table: { name, schema: path.length === 5 ? (path[1] ?? null) : null }, column, location };
}

export function commentOf(attributes: readonly HclAttribute[]): Comment {
  const given = attributes.find(({ name }) => name === 'comment');
  if (given === undefined) return null;
  return given.value.kind === 'string' ? { text: given.value.text } : 'unknown';
}
