import { type SqlToken, sqlTokens } from '../dialects/sql-tokens.ts';

/**
 * A SQLite schema without what sqlc's SQLite engine reads and drops: CHECK constraints and indexes. Of a table that engine keeps
 * the names, the types and NOT NULL, but its parser spends half of its time on the rest (sqlc v1.31.1,
 * `internal/engine/sqlite/convert.go`). Lines keep their numbers.
 *
 * @param sql what SQLite itself has accepted
 */
export function withoutConditions(sql: string): string {
  const tokens = [...sqlTokens(sql, 'sqlite')];
  const ranges: Range[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const last = isWord(tokens[at], 'CHECK') ? closing(tokens, at + 1) : endOfIndex(tokens, at);
    if (last === null) continue;
    ranges.push({ start: startOf(tokens, at), end: tokens[last]?.end ?? sql.length });
    at = last;
  }
  let kept = '';
  let from = 0;
  for (const { start, end } of ranges) {
    kept += sql.slice(from, start) + sql.slice(start, end).replace(/[^\n]+/g, '');
    from = end;
  }
  return kept + sql.slice(from);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

function isSymbol(token: SqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

/** The parenthesis that closes the one at that place; null where there is none. */
function closing(tokens: readonly SqlToken[], open: number): number | null {
  if (!isSymbol(tokens[open], '(')) return null;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (isSymbol(tokens[at], '(')) depth += 1;
    if (isSymbol(tokens[at], ')')) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/** The semicolon of the CREATE INDEX that begins there; null where something else does. */
function endOfIndex(tokens: readonly SqlToken[], at: number): number | null {
  if (!isWord(tokens[at], 'CREATE')) return null;
  const kind = isWord(tokens[at + 1], 'UNIQUE') ? at + 2 : at + 1;
  if (!isWord(tokens[kind], 'INDEX')) return null;
  const end = tokens.findIndex((token, index) => index > kind && isSymbol(token, ';'));
  return end === -1 ? null : end;
}

/** Where what ends in a CHECK or is an index begins: with its name, and with the comma in front of a table's constraint. */
function startOf(tokens: readonly SqlToken[], at: number): number {
  const named = isWord(tokens[at - 2], 'CONSTRAINT') ? at - 2 : at;
  let before = named - 1;
  while (tokens[before]?.kind === 'comment') before -= 1;
  const first = isSymbol(tokens[before], ',') ? before : named;
  return tokens[first]?.start ?? 0;
}
