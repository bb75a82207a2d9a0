import type { Column, Table } from '../../sources/schema-model.ts';
import type { SchemaParityEvidence } from '../../verdict/evidence.ts';

type Dialect = SchemaParityEvidence['dialects'][number];

/** A table of one dialect's schema, and what another dialect has of the same name. */
export interface TablePair {
  readonly here: Dialect;
  readonly there: Dialect;
  readonly table: Table;
  readonly other: Table;
}

/** A column that two dialects have. */
export interface ColumnPair extends Omit<TablePair, 'other'> {
  readonly column: Column;
  readonly other: Column;
  /** The other dialect's table. */
  readonly otherTable: Table;
}

/** Each dialect with each other one, both ways. */
export function dialectPairs<T>(dialects: readonly T[]): readonly (readonly [T, T])[] {
  return dialects.flatMap((has) =>
    dialects.flatMap((lacks) => (has === lacks ? [] : [[has, lacks] as const])),
  );
}

/** The tables that two dialects have, both ways; a name that stands in several schemas of one is not compared. */
export function tablePairs({ dialects }: SchemaParityEvidence): readonly TablePair[] {
  return dialectPairs(dialects).flatMap(([here, there]) => {
    const others = byUniqueName(there.model.tables);
    return [...byUniqueName(here.model.tables).values()].flatMap((table) => {
      const other = others.get(table.name);
      return other === undefined ? [] : [{ here, there, table, other }];
    });
  });
}

/** The columns that two dialects have, once: those of each dialect against those of the ones before it. */
export function columnPairs(evidence: SchemaParityEvidence): readonly ColumnPair[] {
  const order = evidence.dialects.map(({ id }) => id);
  return tablePairs(evidence)
    .filter(({ here, there }) => order.indexOf(there.id) < order.indexOf(here.id))
    .flatMap(({ other: otherTable, ...pair }) => {
      const others = byUniqueName(otherTable.columns);
      return [...byUniqueName(pair.table.columns).values()].flatMap((column) => {
        const other = others.get(column.name);
        return other === undefined ? [] : [{ ...pair, column, other, otherTable }];
      });
    });
}

function byUniqueName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  const known = new Map<string, T>();
  const twice = new Set<string>();
  for (const thing of things) {
    if (known.has(thing.name)) twice.add(thing.name);
    known.set(thing.name, thing);
  }
  for (const name of twice) known.delete(name);
  return known;
}
