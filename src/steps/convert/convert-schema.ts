import { Conversion, type ConversionProblem, type ConvertOptions } from './conversion.ts';
import { inDependencyOrder } from './dependency-order.ts';
import { readPostgresSchema } from './read-schema.ts';
import { runInSqlite } from './run-in-sqlite.ts';
import type { OtherObject } from './schema-model.ts';
import { commentLines, handwritten, type SchemaPart, writeTable } from './write-table.ts';

export type { ConvertOptions } from './conversion.ts';

/** What became of a Postgres schema. */
export type Converted =
  | { readonly kind: 'made'; readonly sql: string }
  /** SQLite lacks something that the schema has: nothing is left out in silence. */
  | { readonly kind: 'refused'; readonly problems: readonly ConversionProblem[] };

/**
 * The step `convert`: the SQLite schema that accepts and refuses the rows that a Postgres schema does.
 *
 * Tables stand after those that they refer to, each with its indexes; an enum becomes a CHECK of the columns that have it;
 * comments become SQL comments. Where the two databases differ, the table in `column-types.ts` and `translate` say what was chosen.
 * The result was made in a real SQLite before it is returned.
 *
 * @param sql a database's whole schema, as the step `extract` prints it: with the objects that its sqlc schema leaves out
 * because another database of the package declares them. Lines of problems are lines of this text.
 * @throws CheckError `convert-failed`: the schema is no SQL, or SQLite refuses the result
 */
export async function convertSchema(sql: string, options: ConvertOptions): Promise<Converted> {
  const schema = await readPostgresSchema(sql, options.path);
  const conversion = new Conversion(options, schema.enums);
  const names = new Set(schema.tables.map(({ name }) => name));
  const hasTable = (name: string): boolean => names.has(name) && conversion.override(name)?.sql !== '';
  const head = commentLines(schema.comments).map((line) => `${line}\n`);
  const parts = [
    ...(head.length === 0 ? [] : [{ sql: head.join(''), handwritten: null }]),
    ...inDependencyOrder(schema.tables).flatMap((table) => writeTable(table, conversion, hasTable)),
    ...schema.others.flatMap((object) => otherPart(object, conversion)),
  ];
  const problems = conversion.problems(sql);
  if (problems.length > 0) return { kind: 'refused', problems };
  const refused = await runInSqlite(parts, options.path);
  if (refused.length > 0) return { kind: 'refused', problems: refused };
  return { kind: 'made', sql: parts.map((part) => part.sql).join('') };
}

function otherPart({ kind, name, offset }: OtherObject, conversion: Conversion): readonly SchemaPart[] {
  const written = name === null ? null : conversion.override(name);
  if (written !== null) return written.sql === '' ? [] : [handwritten(written)];
  const title = name === null ? kind : `${kind} "${name}"`;
  conversion.refuse({ title, key: name, offset }, `SQLite has no counterpart of it`);
  return [];
}
