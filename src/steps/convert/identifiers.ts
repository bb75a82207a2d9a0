import { Unsupported } from './unsupported.ts';

/** https://www.sqlite.org/lang_keywords.html, and the two literals that are not in that list. */
const KEYWORDS = new Set(
  `abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade
  case cast check collate column commit conflict constraint create cross current current_date current_time
  current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape
  except exclude exclusive exists explain fail filter first following for foreign from full generated glob group
  groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join
  key last left like limit match materialized natural no not nothing notnull null nulls of offset on or order
  others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex
  release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then
  ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with
  without true false`.split(/\s+/),
);

const PLAIN = /^[a-z_][a-z0-9_]*$/;

/**
 * A name as SQLite and sqlc's SQLite engine both read it: bare where that is safe, else in double quotes.
 *
 * sqlc lower-cases a bare name and keeps a quoted one as it is (`identifier` in its `internal/engine/sqlite`), so
 * a name with capitals needs quotes. It unquotes as Go does, which loses names that hold a quote or a backslash.
 *
 * @throws Unsupported for a name that sqlc can't read, or that SQLite keeps for itself
 */
export function identifier(name: string): string {
  if (/["\\\p{Cc}]/u.test(name) || name === '') {
    throw new Unsupported(`sqlc can't read the name ${JSON.stringify(name)} in SQLite's dialect`);
  }
  if (/^sqlite_/i.test(name)) throw new Unsupported(`SQLite keeps names that begin with sqlite_ for itself`);
  return PLAIN.test(name) && !KEYWORDS.has(name) ? name : `"${name}"`;
}

/** `a, b` for a list of columns. */
export function identifiers(names: readonly string[]): string {
  return names.map(identifier).join(', ');
}
