import type { Index, Table } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

/** A foreign key whose columns no index leads with. */
export const foreignKeyWithoutIndex: Rule = {
  severity: 'warning',
  summary: 'No index begins with the columns of a foreign key; MySQL makes one by itself.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null || schema.dialect === 'mysql') return [];
    return schema.model.tables.flatMap((table) =>
      table.foreignKeys.flatMap((key): readonly Sighting[] => {
        const columns = key.columns?.map(({ column }) => column);
        if (columns === undefined || mayHaveIndex(table, columns) || hasKeyWithin(table, columns)) return [];
        return [
          {
            target: schema.id,
            name: `${table.name}.${key.name ?? columns.join('_')}`,
            message: `no index of table ${table.name} begins with ${columns.join(', ')}, which a foreign key needs`,
            location: key.location,
            cause: `each row of the other table that goes or changes its key makes the database read ${whatIsRead(table, columns)}`,
            diff: null,
            fix: `add an index over ${columns.join(', ')}`,
          },
        ];
      }),
    );
  },
};

function mayHaveIndex({ primaryKeys, indexes }: Table, columns: readonly string[]): boolean {
  return [...primaryKeys, ...indexes].some((index) => index.parts === null || leadsWith(index, columns));
}

/** An index that begins with one of the columns leaves less than the table. */
function whatIsRead({ name, primaryKeys, indexes }: Table, columns: readonly string[]): string {
  const first = [...primaryKeys, ...indexes]
    .filter(({ settings }) => settings.size === 0)
    .map(({ parts }) => parts?.[0]?.column?.column)
    .find((column) => column !== undefined && columns.includes(column));
  return first === undefined ? `all of ${name}` : `every row of ${name} with the same ${first}`;
}

/** Where a unique key is among the columns, there is at most one row to look at. */
function hasKeyWithin({ primaryKeys, indexes }: Table, columns: readonly string[]): boolean {
  return [...primaryKeys, ...indexes].some(
    ({ kind, unique, parts, settings }) =>
      (kind === 'primary_key' || unique === true) &&
      parts !== null &&
      parts.length > 0 &&
      coversReferences(settings.get('where'), columns) &&
      parts.every(({ column }) => column !== null && columns.includes(column.column)),
  );
}

function leadsWith({ parts, settings }: Index, columns: readonly string[]): boolean {
  const leading = (parts ?? []).slice(0, columns.length).map(({ column }) => column?.column);
  const type = settings.get('type')?.replace(/^"|"$/g, '').toUpperCase();
  if (type !== undefined && type !== 'BTREE' && type !== 'HASH') return false;
  return (
    columns.every((column) => leading.includes(column)) && coversReferences(settings.get('where'), columns)
  );
}

/** A condition that the columns are not null keeps out only what refers to nothing. */
function coversReferences(where: string | undefined, columns: readonly string[]): boolean {
  if (where === undefined) return true;
  const conditions = where
    .replace(/^"|"$/g, '')
    .replace(/[()]/g, '')
    .split(/\s+and\s+/i);
  return conditions.every((condition) => {
    const [, column] = /^\s*(\w+)\s+is\s+not\s+null\s*$/i.exec(condition) ?? [];
    return column !== undefined && columns.includes(column);
  });
}
