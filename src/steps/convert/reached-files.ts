/** Comments, texts and quoted names, which may hold any word. */
const QUOTED = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/g;

/** What opens or writes a file on the disk (`VACUUM INTO`), even in a database in memory. */
const REACHES_FILES = /\b(?:ATTACH|VACUUM)\b/i;

/**
 * Finds a statement for SQLite that would reach a file: a schema has no use for one, and hand-written ones are executed.
 * A name that is such a word has to be quoted.
 *
 * @returns where it stands, counted from 1, with the word; null where there is none
 */
export function reachedFiles(sql: string): { line: number; column: number; word: string } | null {
  const plain = sql.replace(QUOTED, (text) => text.replace(/[^\n]/g, ' '));
  const found = REACHES_FILES.exec(plain);
  if (found === null) return null;
  const before = plain.slice(0, found.index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, word: found[0].toUpperCase() };
}
