import type { BoundTable, ColumnReference, Equality, RowBound } from './query-facts.ts';
import type { TableKeys } from './table-keys.ts';

/**
 * The tables of which a statement can give several rows, since no unique key of theirs is given.
 *
 * @param tables what is known of the schema
 * @returns empty where there is none, or where the schema does not tell
 */
export function unpinnedTables(rows: RowBound, tables: readonly TableKeys[]): readonly BoundTable[] {
  if (rows.kind !== 'by-key') return [];
  const known = new Map<string, TableKeys>();
  for (const { alias, name } of rows.tables) {
    const [table, ...others] = tables.filter((candidate) => candidate.name === name);
    // A table of that name in two schemas, and a view, are not known; two tables of one alias can't be told apart.
    if (table === undefined || table.keys === null || others.length > 0 || known.has(alias)) return [];
    known.set(alias, table);
  }
  const resolve = ({ table, column }: ColumnReference): string | null => {
    if (table !== null) return known.has(table) ? table : null;
    const owners = [...known].filter(([, { columns }]) => columns.has(column)).map(([alias]) => alias);
    return owners.length === 1 ? (owners[0] ?? null) : null;
  };
  const pinned = new Set<string>();
  for (let before = -1; before < pinned.size; ) {
    before = pinned.size;
    for (const [alias, { keys }] of known) {
      if (pinned.has(alias)) continue;
      const given = rows.equalities.filter((equality) => isGiven(equality, alias, pinned, resolve));
      const columns = new Set(
        given.flatMap(({ column }) => (column !== null && resolve(column) === alias ? [column.column] : [])),
      );
      const hasExpression = given.some(({ column }) => column === null);
      const isWhole = (key: readonly (string | null)[]): boolean =>
        key.every((part) => (part === null ? hasExpression : columns.has(part)));
      if ((keys ?? []).some(isWhole)) pinned.add(alias);
    }
  }
  return rows.tables.filter(({ alias }) => !pinned.has(alias));
}

/** Whether all that an equality reads is given once the pinned tables' rows are. */
function isGiven(
  { given, binds }: Equality,
  alias: string,
  pinned: ReadonlySet<string>,
  resolve: (column: ColumnReference) => string | null,
): boolean {
  if (binds !== null && !binds.includes(alias)) return false;
  return given.every((column) => {
    const owner = resolve(column);
    // What belongs to no table here is taken for given, so that nothing false is said.
    return owner === null || pinned.has(owner);
  });
}
