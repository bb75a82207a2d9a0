import type { ColumnRef, Node, RangeVar } from 'libpg-query';
import { strings } from '../steps/convert/syntax-tree.ts';
import type { BoundTable, ColumnReference } from './query-facts.ts';

/**
 * Calls something with each node of a tree from the top down.
 *
 * @param visit gives false where what is below is not to be visited
 */
export function eachNode(tree: unknown, visit: (node: Node) => boolean): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (Array.isArray(tree)) {
    for (const item of tree) eachNode(item, visit);
    return;
  }
  if (isNode(tree) && !visit(tree)) return;
  for (const value of Object.values(tree)) eachNode(value, visit);
}

/** A node has its kind as its one key, with a capital letter; the fields of a node have small ones. */
export function isNode(value: object): value is Node {
  const [kind, ...others] = Object.keys(value);
  return kind !== undefined && others.length === 0 && /^[A-Z]/.test(kind);
}

/** Whether a column reference is `*` or `t.*`. */
export function isStar({ fields = [] }: ColumnRef): boolean {
  const last = fields.at(-1);
  return last !== undefined && 'A_Star' in last;
}

/** @returns null for a star or a name that is nothing but qualified deeper than by a table */
export function columnOf({ fields }: ColumnRef): ColumnReference | null {
  const names = strings(fields);
  const column = names.at(-1);
  if (column === undefined || names.length !== fields?.length) return null;
  return { table: names.at(-2) ?? null, column };
}

export function tableOf({ alias, relname = '', schemaname }: RangeVar): BoundTable {
  return { alias: alias?.aliasname ?? relname, name: relname, schema: schemaname ?? null };
}
