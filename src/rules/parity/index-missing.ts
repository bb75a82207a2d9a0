import type { DialectName } from '../../config/dialect-names.ts';
import type { Index, Table } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import { type TablePair, tablePairs } from './pairs.ts';

/** Columns of a table by which its rows are found, or of which no two rows have the same. */
interface Access {
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** One dialect finds or keeps apart the rows of a table by columns for which another has no index. */
export const parityIndexMissing: Rule = {
  severity: 'warning',
  summary: 'An index or a unique constraint of one dialect has none of its like in another.',
  check: (evidence) =>
    evidence.kind !== 'schema-parity'
      ? []
      : tablePairs(evidence).flatMap((pair) => {
          const present = accessesOf(pair.other, pair.there.dialect);
          if (present === null) return [];
          return [...pair.table.primaryKeys, ...pair.table.indexes].flatMap((index) => {
            const access = plainAccess(index, pair);
            if (access === null || present.some((other) => serves(other, access))) return [];
            const { here, there, table } = pair;
            const columns = access.columns.join(', ');
            const what = access.unique ? 'unique index' : 'index';
            return [
              {
                target: there.id,
                message: `${there.id} has no ${what} over ${table.name} (${columns}), and ${here.id} has one`,
                location: index.location,
                name: `${table.name}.${index.name ?? access.columns.join('_')}`,
                cause: access.unique
                  ? 'two rows that the one refuses can both be written to the other'
                  : 'a query that is fast in the one reads the whole table in the other',
                diff: null,
                fix: `add it to ${there.id}, or accept it with a reason`,
              },
            ];
          });
        }),
};

/** Indexes of these kinds find rows by something else than the order of their columns. */
const ORDERED = /^"?(?:btree)"?$/i;

/**
 * What an index of a table says that the other dialect could say too; null where it is partial, has an expression or a
 * part of a column, is of a kind that only one dialect has, or is about a column that the other lacks.
 */
function plainAccess(
  { kind, unique, parts, settings }: Index,
  { here, table, other }: TablePair,
): Access | null {
  const type = settings.get('type');
  if (parts === null || settings.has('where') || (type !== undefined && !ORDERED.test(type))) return null;
  const names = parts.map(({ column, settings: own }) => (own.has('prefix') ? undefined : column?.column));
  const columns = names.filter((name) => name !== undefined);
  const isKnown = (name: string): boolean => other.columns.some((column) => column.name === name);
  if (columns.length === 0 || columns.length < names.length || !columns.every(isKnown)) return null;
  const access = { columns, unique: kind !== 'index' || unique === true };
  // MySQL makes such an index by itself where there is none, and Atlas writes it down.
  const isForced =
    here.dialect === 'mysql' &&
    !access.unique &&
    foreignKeys(table).some((key) => key.columns.length === columns.length && serves(key, access));
  return isForced ? null : access;
}

/** All that a table finds rows by, also in part and under a condition; null where something of it is not known. */
function accessesOf(table: Table, dialect: DialectName): readonly Access[] | null {
  const accesses: Access[] = [];
  for (const { kind, unique, parts } of [...table.primaryKeys, ...table.indexes]) {
    const columns = parts?.map(({ column }) => column?.column);
    const known = columns?.filter((column) => column !== undefined);
    // An index over an expression may be there for any column in it.
    if (known === undefined || known.length !== columns?.length) return null;
    accesses.push({ columns: known, unique: kind !== 'index' || unique !== false });
  }
  return dialect === 'mysql' ? [...accesses, ...foreignKeys(table)] : accesses;
}

/** MySQL has an index for each foreign key. */
function foreignKeys(table: Table): readonly Access[] {
  return table.foreignKeys.flatMap(({ columns }) =>
    columns === null ? [] : [{ columns: columns.map(({ column }) => column), unique: false }],
  );
}

/** Whether an index finds rows by some columns, in whatever order, and keeps them apart where that is wanted. */
function serves(index: Access, wanted: Access): boolean {
  if (wanted.unique && (!index.unique || index.columns.length !== wanted.columns.length)) return false;
  const leading = new Set(index.columns.slice(0, wanted.columns.length));
  return wanted.columns.every((column) => leading.has(column));
}
