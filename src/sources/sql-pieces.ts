import type { DialectName } from '../config/dialect-names.ts';
import { sqlTokens } from '../dialects/sql-tokens.ts';

/** A comment, a semicolon between statements, or a piece of a statement's own text; white space is left out. */
interface SqlPiece {
  readonly kind: 'comment' | 'semicolon' | 'code';
  /** UTF-16 units of the text, the end not included. */
  readonly start: number;
  readonly end: number;
}

/** MySQL and MariaDB run what stands in such a comment. */
const EXECUTABLE = /^\/\*M?!/;

/** Splits SQL at its comments and semicolons, as the scanner of the dialect does. */
export function* sqlPieces(sql: string, dialect: DialectName): Generator<SqlPiece> {
  for (const { kind, text, start, end } of sqlTokens(sql, dialect)) {
    const isComment = kind === 'comment' && !(dialect === 'mysql' && EXECUTABLE.test(text));
    const isSemicolon = kind === 'symbol' && text === ';';
    yield { kind: isComment ? 'comment' : isSemicolon ? 'semicolon' : 'code', start, end };
  }
}
