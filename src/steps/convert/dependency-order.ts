import type { PostgresTable } from './schema-model.ts';

/**
 * Puts each table after the tables that its foreign keys refer to, else in the order of the source. Where references go
 * in a circle the source's order stays: SQLite lets a table refer to one that comes later.
 */
export function inDependencyOrder(tables: readonly PostgresTable[]): readonly PostgresTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<PostgresTable>();
  const open = new Set<PostgresTable>();
  const visit = (table: PostgresTable): void => {
    if (ordered.has(table) || open.has(table)) return;
    open.add(table);
    for (const { constraint } of table.constraints) {
      const target = byName.get(constraint.pktable?.relname ?? '');
      if (target !== undefined) visit(target);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}
