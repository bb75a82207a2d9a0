import type { Dialect, SchemaStatement } from '../dialects/dialect.ts';
import { CheckError } from '../errors.ts';
import type { Tool } from '../process/tool.ts';
import { formatError, type PlacedFormat } from './format-errors.ts';

/** The first Atlas whose order of tables does not change from run to run. */
const ORDERED_SINCE = [0, 14] as const;

/**
 * Whether this Atlas writes tables in an order that differs from run to run: before v0.14 it walked a Go map, whose
 * order is random, to sort tables by their foreign keys (`sortMap` in `sql/internal/sqlx/plan.go`).
 *
 * @param version `v0.13.1`; null, as of a development build, is taken for a newer one
 */
export function hasRandomTableOrder(version: string | null): boolean {
  const [major, minor] =
    /^v(\d+)\.(\d+)\./
      .exec(version ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  if (major === undefined || minor === undefined) return false;
  return major < ORDERED_SINCE[0] || (major === ORDERED_SINCE[0] && minor < ORDERED_SINCE[1]);
}

/**
 * What Atlas wrote, with its tables in a fixed order whatever the version.
 *
 * @throws CheckError `format-invalid`, `atlas-failed` where it is no SQL
 */
export async function inFixedOrder(
  sql: string,
  made: { readonly dialect: Dialect; readonly atlas: Pick<Tool, 'version'> } & PlacedFormat,
): Promise<string> {
  if (!hasRandomTableOrder(made.atlas.version)) return sql;
  const statements = await made.dialect.splitSchema(sql).catch((error: unknown) => {
    throw error instanceof CheckError ? formatError(made, error.message) : error;
  });
  return orderTables(statements)
    .map(({ text }) => text)
    .join('');
}

/**
 * Puts a schema's tables into the order that Atlas uses since v0.14: tables with foreign keys by name, each after the
 * tables that it refers to. What stands between one CREATE TABLE and the next goes with the first; what stands
 * before the first stays there. A schema whose foreign keys go in a circle is left as it is, since Atlas then
 * writes them last and the tables in a fixed order.
 */
export function orderTables(statements: readonly SchemaStatement[]): readonly SchemaStatement[] {
  const first = statements.findIndex(({ references }) => references !== null);
  if (first === -1) return statements;
  const groups = tableGroups(statements.slice(first));
  const position = positions(groups);
  if (position === null) return statements;
  const ordered = groups.toSorted(
    (left, right) =>
      (position.get(left.table) ?? 0) - (position.get(right.table) ?? 0) ||
      Buffer.compare(Buffer.from(left.table), Buffer.from(right.table)),
  );
  return [...statements.slice(0, first), ...ordered.flatMap((group) => group.statements)];
}

interface TableGroup {
  readonly table: string;
  /** Other tables that it refers to. */
  readonly references: readonly string[];
  readonly statements: SchemaStatement[];
}

function tableGroups(statements: readonly SchemaStatement[]): readonly TableGroup[] {
  const groups: TableGroup[] = [];
  for (const statement of statements) {
    const { object, references } = statement;
    if (references === null || object === null) groups.at(-1)?.statements.push(statement);
    else {
      const others = references.filter((table) => table !== object.name);
      groups.push({ table: object.name, references: others, statements: [statement] });
    }
  }
  return groups;
}

/** Depth first from the tables with foreign keys, by name; null where the references go in a circle. */
function positions(groups: readonly TableGroup[]): ReadonlyMap<string, number> | null {
  const references = new Map(
    groups.filter((group) => group.references.length > 0).map((group) => [group.table, group.references]),
  );
  const position = new Map<string, number>();
  const open = new Set<string>();
  const visit = (table: string): boolean => {
    if (position.has(table)) return true;
    if (open.has(table)) return false;
    open.add(table);
    if (!(references.get(table) ?? []).every(visit)) return false;
    open.delete(table);
    position.set(table, position.size);
    return true;
  };
  const names = [...references.keys()].sort((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
  return names.every(visit) ? position : null;
}
