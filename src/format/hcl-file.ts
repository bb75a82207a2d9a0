import type { TextPosition } from './text-position.ts';

/** A stretch of the decoded text, in the UTF-16 units of a JavaScript string, the end not included. */
export interface HclRange {
  readonly start: number;
  readonly end: number;
}

/** What an expression is, as far as that can be told without evaluating it, and where it stands. */
export type HclExpression = HclValue & HclRange;

export type HclValue =
  /** `"text"`, without its quotes and escapes. */
  | { readonly kind: 'string'; readonly text: string }
  /** `-1.50`, as it is written. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `column.id` and `column["id"]` are `['column', 'id']`. */
  | { readonly kind: 'reference'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly HclExpression[] }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
  /** Anything else: an operation, a template with `${`, a heredoc, an index. */
  | { readonly kind: 'other' };

export interface HclAttribute extends TextPosition, HclRange {
  readonly name: string;
  readonly value: HclExpression;
}

/** A block with what is directly in it. */
export interface HclElement extends TextPosition, HclRange {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where each label stands, its quotes included. */
  readonly labelRanges: readonly HclRange[];
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclElement[];
  /** Just behind the opening brace. */
  readonly bodyStart: number;
}

/** What stands directly in a file. */
export interface HclFile {
  readonly text: string;
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclElement[];
  /** The first place that is not HCL, and what is wrong there; what could be made out is there all the same. Null where all of it is HCL. */
  readonly problem: HclProblem | null;
  /** The position of a character of the text, which counts from 0 in UTF-16 units. */
  positionAt(offset: number): TextPosition;
}

export interface HclProblem extends TextPosition {
  /** Without a final stop. */
  readonly message: string;
}
