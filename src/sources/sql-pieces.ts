import type { DialectName } from '../config/project.ts';

/** A comment, a semicolon between statements, or a stretch of a statement's own text; white space is left out. */
export interface SqlPiece {
  readonly kind: 'comment' | 'semicolon' | 'code';
  /** UTF-16 units of the text, the end not included. */
  readonly start: number;
  readonly end: number;
}

/** What can begin at a character, told from its first one or two; everything else is a word or an operator. */
const SPACE = /\s+/y;
const WORD = /[\w\u0080-\uffff][\w$\u0080-\uffff]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const MYSQL_DASHES = /--(?=[\s\p{Cc}]|$)/uy;

/**
 * Splits SQL at its comments and semicolons as the scanner of the dialect does: what stands in a string, a quoted name
 * or a dollar-quoted body is neither. Takes any text; what is not closed goes to the end.
 */
export function sqlPieces(sql: string, dialect: DialectName): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let at = 0;
  while (at < sql.length) {
    const space = matchEnd(SPACE, sql, at);
    if (space !== null) {
      at = space;
      continue;
    }
    const comment = commentEnd(sql, at, dialect);
    const end = comment ?? (sql[at] === ';' ? at + 1 : codeEnd(sql, at, dialect));
    const kind = comment !== null ? 'comment' : sql[at] === ';' ? 'semicolon' : 'code';
    pieces.push({ kind, start: at, end });
    at = end;
  }
  return pieces;
}

function matchEnd(pattern: RegExp, sql: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : null;
}

function commentEnd(sql: string, at: number, dialect: DialectName): number | null {
  const isLine =
    dialect === 'mysql'
      ? sql[at] === '#' || matchEnd(MYSQL_DASHES, sql, at) !== null
      : sql.startsWith('--', at);
  if (isLine) return indexOrEnd(sql, '\n', at);
  if (!sql.startsWith('/*', at)) return null;
  // MySQL executes what stands in such a comment.
  if (dialect === 'mysql' && /^[!M+]/.test(sql.slice(at + 2, at + 3))) return null;
  return dialect === 'postgres' ? nestedCommentEnd(sql, at) : after(sql, '*/', at + 2);
}

const COMMENT_EDGE = /\/\*|\*\//g;

function nestedCommentEnd(sql: string, at: number): number {
  let depth = 0;
  COMMENT_EDGE.lastIndex = at;
  for (let edge = COMMENT_EDGE.exec(sql); edge !== null; edge = COMMENT_EDGE.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_EDGE.lastIndex;
  }
  return sql.length;
}

function codeEnd(sql: string, at: number, dialect: DialectName): number {
  const first = sql[at] ?? '';
  if (first === "'") return quotedEnd(sql, at, dialect === 'mysql');
  if (first === '"') return quotedEnd(sql, at, dialect === 'mysql');
  if (first === '`' && dialect !== 'postgres') return quotedEnd(sql, at, false);
  if (first === '[' && dialect === 'sqlite') return after(sql, ']', at + 1);
  if (dialect === 'postgres') {
    if (/^e'$/i.test(sql.slice(at, at + 2))) return quotedEnd(sql, at + 1, true);
    const tagEnd = first === '$' ? matchEnd(DOLLAR_TAG, sql, at) : null;
    if (tagEnd !== null) return after(sql, sql.slice(at, tagEnd), tagEnd);
  }
  if (dialect === 'mysql' && sql.startsWith('/*', at)) return after(sql, '*/', at + 2);
  return matchEnd(WORD, sql, at) ?? at + 1;
}

/** Two quotes in a row are one in the text. */
function quotedEnd(sql: string, at: number, backslashes: boolean): number {
  const quote = sql[at] ?? '';
  for (let index = at + 1; index < sql.length; index += 1) {
    if (backslashes && sql[index] === '\\') index += 1;
    else if (sql[index] === quote) {
      if (sql[index + 1] !== quote) return index + 1;
      index += 1;
    }
  }
  return sql.length;
}

function after(sql: string, text: string, from: number): number {
  const index = sql.indexOf(text, from);
  return index === -1 ? sql.length : index + text.length;
}

function indexOrEnd(sql: string, text: string, from: number): number {
  const index = sql.indexOf(text, from);
  return index === -1 ? sql.length : index;
}
