import { type ColumnType, columnType } from './column-types.ts';
import type { Conversion } from './conversion.ts';
import type { Scope } from './expression.ts';
import { identifier } from './identifiers.ts';
import type { PostgresColumn, PostgresConstraint, PostgresTable } from './schema-model.ts';
import { lastName } from './syntax-tree.ts';
import { numbersItself, writeColumn } from './write-column.ts';
import { writeConstraint } from './write-constraint.ts';
import { writeIndex } from './write-index.ts';

/** A part of the SQLite schema, in the order of the schema. */
export interface SchemaPart {
  /** Statements, each with its semicolon and line end. */
  readonly sql: string;
  /** The file that it was written by hand in; null for a part that was converted. */
  readonly handwritten: string | null;
}

/** A CREATE TABLE and its indexes. Problems go to the conversion; what has one is missing from the result. */
export function writeTable(
  table: PostgresTable,
  conversion: Conversion,
  hasTable: (name: string) => boolean,
): readonly SchemaPart[] {
  const subject = { title: `table "${table.name}"`, key: table.name, offset: table.offset };
  const written = conversion.override(table.name);
  if (written !== null) return written.sql === '' ? [] : [handwritten(written)];
  if (table.lacks !== null) {
    conversion.refuse(subject, `SQLite has no ${table.lacks}`);
    return [];
  }
  const name = conversion.attempt(subject, () => identifier(table.name));
  const types = new Map(table.columns.map((column) => [column, typeOf(column, table, conversion)]));
  const scope = scopeOf(types, conversion);
  const key = table.constraints.find(({ constraint }) => constraint.contype === 'CONSTR_PRIMARY');
  const inline = table.columns.some((column) => {
    const type = types.get(column);
    return type !== undefined && 'kind' in type && numbersItself(column, type);
  });
  const elements = [
    ...table.columns.flatMap((column) =>
      columnElement(column, types.get(column), key, table, conversion, scope),
    ),
    ...table.constraints
      .filter((constraint) => constraint !== key || !inline)
      .flatMap((constraint) => constraintElement(constraint, table, conversion, scope, hasTable)),
  ];
  const lines = elements.flatMap(({ comments, sql }, index) => [
    ...commentLines(comments).map((line) => `  ${line}`),
    `  ${sql}${index === elements.length - 1 ? '' : ','}`,
  ]);
  const create = [...commentLines(table.comments), `CREATE TABLE ${name} (`, ...lines, ');', ''].join('\n');
  return [{ sql: create, handwritten: null }, ...indexParts(table, conversion, scope)];
}

/** `-- ` before each line of each comment. */
export function commentLines(comments: readonly string[]): readonly string[] {
  return comments.flatMap((comment) => comment.split(/\r\n|\r|\n/).map((line) => `-- ${line}`.trimEnd()));
}

/** A part that people wrote, ended as statements are. */
export function handwritten(written: { readonly sql: string; readonly path: string }): SchemaPart {
  return { sql: `${written.sql.replace(/;$/, '')};\n`, handwritten: written.path };
}

interface Element {
  readonly comments: readonly string[];
  readonly sql: string;
}

/** What became of a column's type: written by hand, left out, without a counterpart, or one of SQLite's. */
type ColumnState =
  | ColumnType
  | { readonly state: 'handwritten' | 'left-out' | 'refused'; readonly sql: string };

function typeOf(column: PostgresColumn, table: PostgresTable, conversion: Conversion): ColumnState {
  const written = conversion.override(`${table.name}.${column.name}`);
  if (written !== null) return { state: written.sql === '' ? 'left-out' : 'handwritten', sql: written.sql };
  const { typeName } = column.definition;
  const type = conversion.attempt(columnSubject(column, table), () =>
    columnType(typeName, conversion.values, conversion.wideNumeric),
  );
  return type ?? { state: 'refused', sql: '' };
}

function columnSubject({ name, definition }: PostgresColumn, table: PostgresTable) {
  return {
    title: `column "${name}" of table "${table.name}"`,
    key: `${table.name}.${name}`,
    offset: definition.location ?? table.offset,
  };
}

/** A column that people wrote, or that has a problem already, compares with anything. */
function scopeOf(types: ReadonlyMap<PostgresColumn, ColumnState>, conversion: Conversion): Scope {
  const byName = new Map([...types].map(([{ name }, type]) => [name, type]));
  return {
    kindOf(column) {
      const type = byName.get(column);
      if (type === undefined) return undefined;
      if ('kind' in type) return type.kind;
      return type.state === 'left-out' ? undefined : 'unknown';
    },
    typeOf(name) {
      return columnType(name, conversion.values, conversion.wideNumeric);
    },
  };
}

function columnElement(
  column: PostgresColumn,
  type: ColumnState | undefined,
  key: PostgresConstraint | undefined,
  table: PostgresTable,
  conversion: Conversion,
  scope: Scope,
): readonly Element[] {
  if (type === undefined) return [];
  if (!('kind' in type)) {
    return type.state === 'handwritten' ? [{ comments: column.comments, sql: type.sql }] : [];
  }
  const inKey = key?.columns.includes(column.name) === true;
  const alone = inKey && key.columns.length === 1 ? key.constraint : null;
  const sql = conversion.attempt(columnSubject(column, table), () =>
    writeColumn(column, type, { inKey, alone }, scope),
  );
  const ofEnum =
    type.kind === 'enum' ? conversion.enums.get(lastName(column.definition.typeName?.names)) : undefined;
  return sql === null ? [] : [{ comments: [...column.comments, ...(ofEnum?.comments ?? [])], sql }];
}

function constraintElement(
  constraint: PostgresConstraint,
  table: PostgresTable,
  conversion: Conversion,
  scope: Scope,
  hasTable: (name: string) => boolean,
): readonly Element[] {
  const { conname, location } = constraint.constraint;
  const subject = {
    title:
      conname === undefined
        ? `a constraint of table "${table.name}"`
        : `constraint "${conname}" of table "${table.name}"`,
    key: conname === undefined ? table.name : `${table.name}.${conname}`,
    offset: location ?? table.offset,
  };
  const written = conname === undefined ? null : conversion.override(subject.key);
  const sql = written?.sql ?? conversion.attempt(subject, () => writeConstraint(constraint, scope, hasTable));
  return sql === null || sql === '' ? [] : [{ comments: constraint.comments, sql }];
}

function indexParts(table: PostgresTable, conversion: Conversion, scope: Scope): readonly SchemaPart[] {
  return table.indexes.flatMap((index): SchemaPart[] => {
    const written = conversion.override(index.name);
    if (written !== null) return written.sql === '' ? [] : [handwritten(written)];
    const subject = { title: `index "${index.name}"`, key: index.name, offset: index.offset };
    const sql = conversion.attempt(subject, () => writeIndex(index.definition, index.offset, scope));
    if (sql === null) return [];
    return [{ sql: [...commentLines(index.comments), `${sql};`, ''].join('\n'), handwritten: null }];
  });
}
