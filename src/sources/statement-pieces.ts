import type { DialectName } from '../config/dialect-names.ts';
import { type SqlToken, sqlTokens } from '../dialects/sql-tokens.ts';

/** The text of a statement, from the end of the one before it to its own end. */
export interface StatementPiece {
  /** Where its comments begin, right behind the semicolon before it. */
  readonly from: number;
  /** Of its first token that is no comment. */
  readonly start: number;
  /** Behind the last one, before the semicolon. */
  readonly end: number;
  /** Without the comments. */
  readonly tokens: readonly SqlToken[];
  /** Whether a semicolon ends it. */
  readonly ended: boolean;
}

/** The statements of a text, split at each semicolon that is no part of a string, a name or a comment. */
export function statementPieces(text: string, dialect: DialectName): readonly StatementPiece[] {
  const pieces: StatementPiece[] = [];
  let from = 0;
  let tokens: SqlToken[] = [];
  const close = (ended: boolean): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first !== undefined && last !== undefined)
      pieces.push({ from, start: first.start, end: last.end, tokens, ended });
    tokens = [];
  };
  for (const token of sqlTokens(text, dialect)) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'symbol' && token.text === ';') {
      close(true);
      from = token.end;
    } else tokens.push(token);
  }
  close(false);
  return pieces;
}
