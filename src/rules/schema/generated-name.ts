import { z } from 'zod';
import type { DialectName } from '../../config/dialect-names.ts';

/** The option of the rules on names, which lets pass what nobody chose. */
export const generatedOption = z
  .boolean()
  .default(true)
  .describe('Whether a name that the database gives by itself, where the SQL has none, is right too.');

/** What the database calls by itself, with the columns joined by `_`. */
export interface Nameless {
  readonly table: string;
  readonly columns: string;
  readonly kind: 'index' | 'unique' | 'foreign key' | 'check';
}

/**
 * Whether a database gives such a name by itself, and the name says what it is about: those of MySQL with a mere number
 * (`orders_ibfk_1`) do not. After: https://www.postgresql.org/docs/current/sql-createindex.html (`CREATE INDEX` without a
 * name), and the same of constraints; MySQL calls an index as its column. A number follows where the name is taken.
 */
export function isGeneratedName(written: string, dialect: DialectName, thing: Nameless): boolean {
  const { table, columns, kind } = thing;
  const bare = written.replace(/(?<=[a-z])\d+$/, '');
  if (dialect === 'mysql') {
    const isIndex = kind === 'index' || kind === 'unique';
    return isIndex && columns !== '' && [written, written.replace(/_\d+$/, '')].includes(columns);
  }
  if (dialect !== 'postgres') return false;
  const start = [table, columns].filter((part) => part !== '').join('_');
  return ENDS[kind].some((end) => bare === `${start}_${end}`);
}

/**
 * What Postgres puts into the name of an index for an expression: a function's name, a column's, or else `expr`. After:
 * `FigureColname` in its `parse_target.c`.
 */
export function generatedPart(expression: string): string {
  const bare = withoutParentheses(expression.trim());
  const cast = bare.lastIndexOf('::');
  if (cast > 0 && /^\s*[a-z_][\w\s.]*(?:\([\d,\s]*\))?(?:\[\])*$/i.test(bare.slice(cast + 2)))
    return generatedPart(bare.slice(0, cast));
  const [start, name] = /^(?:[a-z_]\w*\.)*([a-z_]\w*)\s*/i.exec(bare) ?? [];
  if (start === undefined || name === undefined) return 'expr';
  const isWhole = start.length === bare.length || closing(bare, start.length) === bare.length - 1;
  return isWhole ? name.toLowerCase() : 'expr';
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && closing(text, 0) === text.length - 1
    ? withoutParentheses(text.slice(1, -1).trim())
    : text;
}

/** Where the parenthesis closes that a place opens; null where none opens there, or none closes. */
function closing(text: string, from: number): number | null {
  if (text[from] !== '(') return null;
  const pieces = /'[^']*'|"[^"]*"|[()]/g;
  pieces.lastIndex = from;
  let depth = 0;
  for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
    if (found[0] === '(') depth += 1;
    else if (found[0] === ')') depth -= 1;
    if (depth === 0) return found.index;
  }
  return null;
}

const ENDS: Readonly<Record<Nameless['kind'], readonly string[]>> = {
  index: ['idx'],
  unique: ['key', 'idx'],
  'foreign key': ['fkey'],
  check: ['check'],
};
