import type { Column, ColumnReference, SchemaModel, Table } from '../../sources/schema-model.ts';

/** The tables of a database by their name. */
export type TablesByName = ReadonlyMap<string, readonly Table[]>;

export function tablesByName({ tables }: SchemaModel): TablesByName {
  const found = new Map<string, Table[]>();
  for (const table of tables) {
    const others = found.get(table.name);
    if (others === undefined) found.set(table.name, [table]);
    else others.push(table);
  }
  return found;
}

/** The tables that a reference can mean: of one name there can be several in different schemas. */
export function tablesMeant(
  { table: meant }: ColumnReference,
  own: Table,
  tables: TablesByName,
): readonly Table[] {
  if (meant === null) return [own];
  const named = tables.get(meant.name) ?? [];
  if (meant.schema === null) return named;
  return named.filter(({ qualifier, schema }) => [qualifier, schema?.name].includes(meant.schema ?? ''));
}

/** The column that a reference means; null where that can't be told. */
export function columnMeant(reference: ColumnReference, own: Table, tables: TablesByName): Column | null {
  const [table, ...more] = tablesMeant(reference, own, tables);
  if (table === undefined || more.length > 0) return null;
  return table.columns.find(({ name }) => name === reference.column) ?? null;
}
