import type { DialectName } from '../config/dialect-names.ts';
import { withHclTree } from '../format/hcl-syntax.ts';
import { countCharacters, type TextPosition } from '../format/text-position.ts';
import { positionAt, sourceText } from './source-text.ts';
import { sqlPieces } from './sql-pieces.ts';

/** A comment that accepts what a rule finds: `dbcheck-ignore RULE: reason`, at its first character. */
export interface IgnoreComment extends TextPosition {
  readonly path: string;
  /** As it is written, which may be no rule; '' where none is named. */
  readonly rule: string;
  /** null where none is given. */
  readonly reason: string | null;
  /** The stretch whose findings it accepts, both ends included; null where nothing follows that it could be about. */
  readonly covers: { readonly first: TextPosition; readonly last: TextPosition } | null;
}

/** A finding, as far as a comment can be about it. */
interface Found {
  readonly rule: string;
  readonly location: { readonly path: string; readonly line: number | null; readonly column: number | null };
}

/** Most files have no such comment, and are not parsed for one. */
const MARK = 'dbcheck-ignore';

/** Whether a source could have ignore comments. */
export function mayHaveIgnoreComments(bytes: Buffer | undefined): boolean {
  return bytes?.includes(MARK) === true;
}

/** The rule ends at a colon, and what follows that is the reason. */
const DIRECTIVE = /^dbcheck-ignore(?![\w-])\s*([^\s:]*)\s*(?::\s*([\s\S]*))?/;

/**
 * The ignore comments of an HCL file. A comment behind something covers its own line; one on a line of its own covers
 * the next line that is neither blank nor a comment. What stands in a string or a heredoc is no comment.
 */
export async function hclIgnoreComments(path: string, bytes: Buffer): Promise<readonly IgnoreComment[]> {
  if (!bytes.includes(MARK)) return [];
  return withHclTree(bytes, (root, source) => {
    const lines = source.split('\n');
    const comments = root.descendantsOfType('comment').flatMap((node) => {
      if (node === null) return [];
      const { row } = node.startPosition;
      return [{ text: node.text, row, before: (lines[row] ?? '').slice(0, node.startPosition.column) }];
    });
    const codeLines = linesWithCode(lines, comments);
    return comments.flatMap(({ text, row, before }) => {
      const written = directiveOf(text);
      if (written === null) return [];
      const line = codeLines[row] === true ? row : codeLines.indexOf(true, row);
      const position = { line: row + 1, column: countCharacters(before) + 1 };
      const covers =
        line === -1
          ? null
          : {
              first: { line: line + 1, column: 1 },
              last: { line: line + 1, column: Number.POSITIVE_INFINITY },
            };
      return [{ path, ...position, ...written, covers }];
    });
  });
}

/** For each line whether something stands on it besides white space and comments. */
function linesWithCode(
  lines: readonly string[],
  comments: readonly { readonly text: string; readonly row: number; readonly before: string }[],
): readonly boolean[] {
  const rests = [...lines];
  for (const { text, row, before } of comments) {
    for (const [index, part] of text.split('\n').entries()) {
      const from = index === 0 ? before.length : 0;
      const rest = rests[row + index] ?? '';
      rests[row + index] =
        `${rest.slice(0, from)}${' '.repeat(part.length)}${rest.slice(from + part.length)}`;
    }
  }
  return rests.map((rest) => rest.trim() !== '');
}

/**
 * The ignore comments of an SQL file. A comment covers the statement that it stands in or before, from the semicolon
 * before that to its own, the comments of that stretch included; behind a statement on its last line it covers that
 * one.
 */
export function sqlIgnoreComments(
  path: string,
  bytes: Buffer,
  dialect: DialectName,
): readonly IgnoreComment[] {
  if (!bytes.includes(MARK)) return [];
  const source = sourceText(new TextDecoder().decode(bytes));
  const { text } = source;
  const placeOf = (offset: number): TextPosition => positionAt(source, offset);
  const comments: IgnoreComment[] = [];
  let waiting: { position: TextPosition; written: NonNullable<ReturnType<typeof directiveOf>> }[] = [];
  let start = 0;
  let end: number | null = null;
  let hasCode = false;
  const close = (): void => {
    const covers = hasCode
      ? { first: placeOf(start), last: placeOf(Math.max(start, (end ?? text.length) - 1)) }
      : null;
    comments.push(...waiting.map(({ position, written }) => ({ path, ...position, ...written, covers })));
    waiting = [];
  };
  for (const piece of sqlPieces(text, dialect)) {
    const goesOn = end === null || (piece.kind === 'comment' && !text.slice(end, piece.start).includes('\n'));
    if (!goesOn) {
      close();
      start = end ?? 0;
      end = null;
      hasCode = false;
    }
    if (piece.kind === 'code') hasCode = true;
    else if (piece.kind === 'semicolon') end = piece.end;
    else {
      if (end !== null) end = piece.end;
      const written = directiveOf(text.slice(piece.start, piece.end));
      if (written !== null) waiting.push({ position: placeOf(piece.start), written });
    }
  }
  close();
  return comments;
}

function directiveOf(comment: string): Pick<IgnoreComment, 'rule' | 'reason'> | null {
  const words = comment
    .replace(/^(?:--|#|\/\/|\/\*)+/, '')
    .replace(/\*\/$/, '')
    .trim();
  const [found, rule = '', reason = ''] = DIRECTIVE.exec(words) ?? [];
  return found === undefined ? null : { rule, reason: reason.trim() === '' ? null : reason.trim() };
}

/**
 * Parts what is found from what comments accept. A comment without a reason accepts nothing.
 *
 * @returns `kept`: what no comment is about, in order; `used`: the comments that are about something
 */
export function suppressed<T extends Found>(
  observations: readonly T[],
  comments: readonly IgnoreComment[],
): { readonly kept: readonly T[]; readonly used: ReadonlySet<IgnoreComment> } {
  const byPlace = new Map<string, IgnoreComment[]>();
  for (const comment of comments) {
    if (comment.reason === null) continue;
    const key = placeKey(comment.path, comment.rule);
    byPlace.set(key, [...(byPlace.get(key) ?? []), comment]);
  }
  const used = new Set<IgnoreComment>();
  const kept = observations.filter((observation) => {
    const about = (byPlace.get(placeKey(observation.location.path, observation.rule)) ?? []).filter(
      (comment) => isCovered(comment, observation.location),
    );
    for (const comment of about) used.add(comment);
    return about.length === 0;
  });
  return { kept, used };
}

function placeKey(path: string, rule: string): string {
  return `${path}\0${rule}`;
}

/** A finding about a whole file is about no line, and so is for the configuration's `ignore`. */
function isCovered({ covers }: IgnoreComment, { line, column }: Found['location']): boolean {
  if (covers === null || line === null) return false;
  const at = { line, column: column ?? 1 };
  return compare(covers.first, at) <= 0 && compare(at, covers.last) <= 0;
}

function compare(left: TextPosition, right: TextPosition): number {
  return left.line - right.line || left.column - right.column;
}
