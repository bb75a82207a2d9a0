import { z } from 'zod';
import type { DialectName } from '../../config/project.ts';

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

const ENDS: Readonly<Record<Nameless['kind'], readonly string[]>> = {
  index: ['idx'],
  unique: ['key', 'idx'],
  'foreign key': ['fkey'],
  check: ['check'],
};
