import type { Index, IndexPart, Table } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

/** An index that another one of the table does the work of. */
export const redundantIndex: Rule = {
  severity: 'warning',
  summary: 'The columns of an index are the first ones of another index or of the primary key.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    return schema.model.tables.flatMap((table) =>
      redundancies(table).map(
        ([index, other]): Sighting => ({
          target: schema.id,
          name: `${table.name}.${index.name}`,
          message: `index ${index.name} of table ${table.name} adds nothing to ${titleOf(other)}`,
          location: index.location,
          cause: `${titleOf(other)}, at line ${other.location.line}, begins with the same columns, and every write keeps both`,
          diff: null,
          fix: `remove index ${index.name}`,
        }),
      ),
    );
  },
};

function titleOf({ kind, name }: Index): string {
  return kind === 'primary_key' ? 'the primary key' : `index ${name}`;
}

/** Each index that another one makes redundant, with that one. */
function redundancies({ primaryKeys, indexes }: Table): readonly (readonly [Index, Index])[] {
  const candidates = [...primaryKeys.slice(0, 1), ...indexes];
  const keys = new Map(candidates.map((index) => [index, partKeys(index)]));
  return indexes.flatMap((index) => {
    const own = keys.get(index);
    if (own == null || index.unique === null || index.name === null) return [];
    const other = candidates.find((candidate) => {
      const others = keys.get(candidate);
      return candidate !== index && others != null && covers(candidate, others, index, own, candidates);
    });
    return other === undefined ? [] : [[index, other] as const];
  });
}

function covers(
  other: Index,
  others: readonly string[],
  index: Index,
  own: readonly string[],
  order: readonly Index[],
): boolean {
  if (other.unique === null || settingsKey(other) !== settingsKey(index)) return false;
  if (own.length > others.length || own.some((part, position) => part !== others[position])) return false;
  const areEqual = own.length === others.length;
  // A unique index is a rule about the rows, which a longer one does not keep.
  if (index.unique === true) {
    return areEqual && other.unique && order.indexOf(other) < order.indexOf(index);
  }
  if (!areEqual) return isTree(index);
  return other.unique || order.indexOf(other) < order.indexOf(index);
}

/** Only a tree can be read by the first of its columns. */
function isTree({ settings }: Index): boolean {
  const type = settings.get('type');
  return type === undefined || typeName(type) === 'BTREE';
}

function typeName(type: string): string {
  return type.replace(/^"|"$/g, '').toUpperCase();
}

/** What two indexes have to have in common besides their columns: kind, condition, included columns. */
function settingsKey({ settings }: Index): string {
  return [...settings]
    .map(([name, value]) => [name, name === 'type' ? typeName(value) : value] as const)
    .filter(([name, value]) => name !== 'type' || value !== 'BTREE')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('\0');
}

function partKeys({ parts }: Index): readonly string[] | null {
  if (parts === null || parts.some(({ column, expression }) => column === null && expression === null))
    return null;
  return parts.map(partKey);
}

function partKey({ column, expression, settings }: IndexPart): string {
  const set = [...settings].filter(([name, value]) => name !== 'desc' || value !== 'false').toSorted();
  return JSON.stringify([column?.column ?? null, expression, set]);
}
