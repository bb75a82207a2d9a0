import type { FuncCall, Node } from 'libpg-query';
import { strings } from '../steps/convert/syntax-tree.ts';
import { eachNode } from './postgres-tree.ts';
import type { SwallowedSign } from './query-facts.ts';
import type { QueryParameter } from './query-parameters.ts';

/** Every place where a parameter stands in a statement, in order. */
export function postgresParameters(
  stmt: Node,
  offsetOf: (byte: number) => number,
): readonly QueryParameter[] {
  const found: QueryParameter[] = [];
  eachNode(stmt, (node) => {
    const parameter = parameterAt(node, offsetOf);
    if (parameter === null) return true;
    found.push(parameter);
    return false;
  });
  return found.toSorted((left, right) => left.start - right.start);
}

function parameterAt(node: Node, offsetOf: (byte: number) => number): QueryParameter | null {
  if ('ParamRef' in node) {
    const { number = 0, location = 0 } = node.ParamRef;
    return { form: 'numbered', name: null, number, start: offsetOf(location) };
  }
  if ('FuncCall' in node) {
    const form = sqlcFunction(node.FuncCall);
    if (form !== 'arg' && form !== 'narg' && form !== 'slice') return null;
    const name = nameOf(node.FuncCall.args?.[0]);
    return { form, name, number: null, start: offsetOf(node.FuncCall.location ?? 0) };
  }
  if ('A_Expr' in node && node.A_Expr.lexpr === undefined && strings(node.A_Expr.name).join('.') === '@') {
    const { rexpr, location = 0 } = node.A_Expr;
    const name = nameOf(rexpr !== undefined && 'TypeCast' in rexpr ? rexpr.TypeCast.arg : rexpr);
    return name === null ? null : { form: 'sign', name, number: null, start: offsetOf(location) };
  }
  return null;
}

/** Every operator that ends in an `@` and has a bare name right behind it, in order. */
export function swallowedSignsOf(stmt: Node, offsetOf: (byte: number) => number): readonly SwallowedSign[] {
  const found: SwallowedSign[] = [];
  eachNode(stmt, (node) => {
    if (!('A_Expr' in node)) return true;
    const { kind, name, lexpr, rexpr, location = 0 } = node.A_Expr;
    const [operator = '', ...qualified] = strings(name);
    if (kind !== 'AEXPR_OP' || qualified.length > 0 || operator.length < 2 || !operator.endsWith('@'))
      return true;
    const operand = nameAt(rexpr, location + operator.length);
    const left =
      lexpr !== undefined && 'ColumnRef' in lexpr ? (strings(lexpr.ColumnRef.fields).at(-1) ?? null) : null;
    if (operand !== null) found.push({ start: offsetOf(location), operator, operand, left });
    return true;
  });
  return found.toSorted((one, other) => one.start - other.start);
}

/** The unqualified name that stands at a place, in a cast or at the start of a longer expression too. */
function nameAt(tree: Node | undefined, byte: number): string | null {
  let found: string | null = null;
  eachNode(tree, (node) => {
    if ('ColumnRef' in node && node.ColumnRef.location === byte && node.ColumnRef.fields?.length === 1)
      found = strings(node.ColumnRef.fields)[0] ?? null;
    return found === null;
  });
  return found;
}

/** The name of a function of sqlc's own, such as `embed`; null for any other. */
export function sqlcFunction({ funcname }: FuncCall): string | null {
  const [schema, name] = strings(funcname);
  return schema === 'sqlc' ? (name ?? null) : null;
}

function nameOf(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if ('ColumnRef' in node) return strings(node.ColumnRef.fields).join('') || null;
  return 'A_Const' in node ? (node.A_Const.sval?.sval ?? null) : null;
}
