import type { Node } from 'libpg-query';

/** The texts of a list of String nodes, which is how the tree holds qualified names. */
export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** The last part of a qualified name. */
export function lastName(nodes: readonly Node[] | undefined): string {
  return strings(nodes).at(-1) ?? '';
}

/** The kind of a node, such as `A_Expr`: its only key. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}

/** A whole-number constant's value; null for any other node. The tree leaves out a zero. */
export function integerConstant(node: Node | undefined): number | null {
  if (node === undefined || !('A_Const' in node)) return null;
  return node.A_Const.ival === undefined ? null : (node.A_Const.ival.ival ?? 0);
}

/** The items of a list node; a single item stands for itself. */
export function listItems(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return 'List' in node ? (node.List.items ?? []) : [node];
}

/** Where a node stands, in UTF-8 bytes, as far as the tree says. */
export function offsetOf(node: Node): number | undefined {
  const [fields]: readonly object[] = Object.values(node);
  if (fields === undefined || !('location' in fields)) return undefined;
  return typeof fields.location === 'number' ? fields.location : undefined;
}
