import type { A_Const, A_Expr, BoolExpr, BoolTestType, Node, TypeName } from 'libpg-query';
import { arithmetic, sign } from './arithmetic.ts';
import { withoutCast } from './cast.ts';
import type { ColumnType, ValueKind } from './column-types.ts';
import { compare, membership } from './comparison.ts';
import { callFunction } from './functions.ts';
import { identifier } from './identifiers.ts';
import { likeCondition } from './like.ts';
import { numberLiteral, textLiteral } from './literals.ts';
import { asText, type Expression, LEVEL, operand, unify } from './operands.ts';
import { kindOf, lastName, listItems, offsetOf, strings } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';

/** What the names in an expression stand for. */
export interface Scope {
  /** A column's kind; undefined where the table has no such column in SQLite. */
  kindOf(column: string): ValueKind | undefined;
  /** @throws Unsupported for a type without a counterpart */
  typeOf(name: TypeName): ColumnType;
}

/**
 * Translates an expression of Postgres into SQLite's.
 *
 * Names of types carry no weight in SQLite, so a cast is left out where it changes no value and refused where it does. What
 * is known to differ is written in another way: LIKE heeds case in Postgres, so it becomes GLOB; dates and timestamps are compared
 * by `julianday`, to a millisecond, since their texts may be in different forms; exact decimals are compared as doubles, so that
 * two which agree in 15 digits count as equal. `lower` and `upper` know only ASCII in SQLite.
 *
 * @throws Unsupported at the first part that SQLite can't express, or that would mean something else there
 */
export function translate(node: Node, scope: Scope): Expression {
  if ('A_Const' in node) return constant(node.A_Const);
  if ('ColumnRef' in node) {
    const name = lastName(node.ColumnRef.fields);
    const kind = scope.kindOf(name);
    if (kind === undefined) {
      throw new Unsupported(
        `it refers to ${name}, which is no column of the SQLite table`,
        node.ColumnRef.location,
      );
    }
    return { sql: identifier(name), kind, level: LEVEL.primary };
  }
  if ('TypeCast' in node) {
    const { arg, typeName, location } = node.TypeCast;
    if (typeName === undefined) throw new Unsupported('it casts to no type', location);
    return withoutCast(translate(required(arg, node), scope), typeName, scope.typeOf(typeName), location);
  }
  if ('BoolExpr' in node) return logic(node.BoolExpr, scope);
  if ('A_Expr' in node) return operation(node.A_Expr, scope);
  if ('NullTest' in node) {
    const tested = translate(required(node.NullTest.arg, node), scope);
    const test = node.NullTest.nulltesttype === 'IS_NULL' ? 'IS NULL' : 'IS NOT NULL';
    return { sql: `${operand(tested, LEVEL.order)} ${test}`, kind: 'boolean', level: LEVEL.equality };
  }
  if ('BooleanTest' in node) {
    const tested = operand(boolean(required(node.BooleanTest.arg, node), scope), LEVEL.order);
    const test = BOOLEAN_TESTS[node.BooleanTest.booltesttype ?? 'IS_TRUE'];
    return { sql: `${tested} ${test}`, kind: 'boolean', level: LEVEL.equality };
  }
  if ('FuncCall' in node) {
    const { funcname, args = [], location, agg_star, over } = node.FuncCall;
    if (agg_star === true || over !== undefined) throw new Unsupported('it calls an aggregate', location);
    const call = {
      name: lastName(funcname),
      args: args.map((arg) => translate(arg, scope)),
      offset: location,
    };
    return callFunction(call);
  }
  if ('CoalesceExpr' in node) {
    const args = unify((node.CoalesceExpr.args ?? []).map((arg) => translate(arg, scope)));
    return {
      sql: `coalesce(${args.items.map(({ sql }) => sql).join(', ')})`,
      kind: args.kind,
      level: LEVEL.primary,
    };
  }
  if ('CaseExpr' in node) return caseExpression(node, scope);
  if ('CollateClause' in node) {
    const { arg, collname, location } = node.CollateClause;
    const collation = lastName(collname);
    if (collation !== 'C' && collation !== 'POSIX') {
      throw new Unsupported(`SQLite has no collation ${collation}`, location);
    }
    return { ...translate(required(arg, node), scope), bytewise: true };
  }
  if ('SQLValueFunction' in node) {
    throw new Unsupported(
      'SQLite lets no CHECK and no index depend on the time',
      node.SQLValueFunction.location,
    );
  }
  if ('MinMaxExpr' in node) {
    throw new Unsupported(
      'GREATEST and LEAST pass over NULL, which SQLite does not',
      node.MinMaxExpr.location,
    );
  }
  throw new Unsupported(`SQLite can't express ${kindOf(node)}`, offsetOf(node));
}

/** By 1 and 0: SQLite takes TRUE for a column where the table has one of that name. */
const BOOLEAN_TESTS: Readonly<Record<BoolTestType, string>> = {
  IS_TRUE: 'IS 1',
  IS_NOT_TRUE: 'IS NOT 1',
  IS_FALSE: 'IS 0',
  IS_NOT_FALSE: 'IS NOT 0',
  IS_UNKNOWN: 'IS NULL',
  IS_NOT_UNKNOWN: 'IS NOT NULL',
};

/** Translates a condition: the expression of a CHECK or of a partial index. */
export function boolean(node: Node, scope: Scope): Expression {
  const translated = translate(node, scope);
  if (translated.kind === 'boolean' || translated.sql === 'NULL') return translated;
  throw new Unsupported(`${translated.sql} is no condition`);
}

function constant({ ival, fval, sval, boolval, isnull, location }: A_Const): Expression {
  const primary = { level: LEVEL.primary } as const;
  if (isnull === true) return { sql: 'NULL', kind: 'unknown', ...primary };
  if (ival !== undefined) {
    const sql = String(ival.ival ?? 0);
    return { sql, kind: 'integer', literal: sql, ...primary };
  }
  if (fval !== undefined) {
    const sql = numberLiteral(fval.fval ?? '', location);
    return { sql, kind: /^-?\d+$/.test(sql) ? 'integer' : 'number', literal: sql, ...primary };
  }
  if (boolval !== undefined)
    return { sql: boolval.boolval === true ? '1' : '0', kind: 'boolean', ...primary };
  if (sval !== undefined) {
    const text = sval.sval ?? '';
    return { sql: textLiteral(text), kind: 'unknown', literal: text, ...primary };
  }
  throw new Unsupported('SQLite has no bit strings', location);
}

function logic({ boolop, args = [] }: BoolExpr, scope: Scope): Expression {
  const parts = args.map((arg) => boolean(arg, scope));
  if (boolop === 'NOT_EXPR') {
    const [negated] = parts;
    if (negated === undefined) throw new Unsupported('NOT without an operand');
    return { sql: `NOT ${operand(negated, LEVEL.primary)}`, kind: 'boolean', level: LEVEL.not };
  }
  const [word, level] = boolop === 'AND_EXPR' ? (['AND', LEVEL.and] as const) : (['OR', LEVEL.or] as const);
  // AND inside of OR needs no parentheses; a reader does.
  const least = word === 'AND' ? LEVEL.and : LEVEL.not;
  return { sql: parts.map((part) => operand(part, least)).join(` ${word} `), kind: 'boolean', level };
}

function operation(expression: A_Expr, scope: Scope): Expression {
  const { kind, lexpr, rexpr, location } = expression;
  const operator = strings(expression.name).at(-1) ?? '';
  const left = lexpr === undefined ? undefined : translate(lexpr, scope);
  const right = (): Expression => translate(required(rexpr, { A_Expr: expression }), scope);
  const list = (): readonly Expression[] => listItems(rexpr).map((item) => translate(item, scope));
  if (left === undefined) return sign(operator, right(), location);
  switch (kind) {
    case 'AEXPR_IN':
      return membership(left, list(), operator === '<>', location);
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL': {
      const wanted = kind === 'AEXPR_OP_ANY' ? '=' : '<>';
      if (operator !== wanted)
        throw new Unsupported(`SQLite can't compare by ${operator} with a list`, location);
      return membership(left, arrayItems(rexpr, scope), operator === '<>', location);
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return likeCondition(operator, left, right(), location);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const [low, high] = list();
      if (low === undefined || high === undefined) throw new Unsupported('BETWEEN without bounds', location);
      const from = compare('>=', left, low, location);
      const to = compare('<=', left, high, location);
      const sql = `${from.sql} AND ${to.sql}`;
      if (kind === 'AEXPR_BETWEEN') return { sql, kind: 'boolean', level: LEVEL.and };
      return { sql: `NOT (${sql})`, kind: 'boolean', level: LEVEL.not };
    }
    case 'AEXPR_DISTINCT':
      return compare('IS NOT', left, right(), location);
    case 'AEXPR_NOT_DISTINCT':
      return compare('IS', left, right(), location);
    case 'AEXPR_NULLIF': {
      const { items, kind: common } = unify([left, right()]);
      return { sql: `nullif(${items.map(({ sql }) => sql).join(', ')})`, kind: common, level: LEVEL.primary };
    }
    case 'AEXPR_OP':
      break;
    default:
      throw new Unsupported(`SQLite has no ${kind?.replace('AEXPR_', '') ?? operator}`, location);
  }
  if (/^!?~~\*?$/.test(operator)) return likeCondition(operator, left, right(), location);
  if (/^(?:=|<>|!=|<|<=|>|>=)$/.test(operator)) {
    return compare(operator === '!=' ? '<>' : operator, left, right(), location);
  }
  if (operator === '||') {
    const [a, b] = [asText(left, location), asText(right(), location)];
    return {
      sql: `${operand(a, LEVEL.concat)} || ${operand(b, LEVEL.unary)}`,
      kind: 'text',
      level: LEVEL.concat,
    };
  }
  return arithmetic(operator, left, right(), location);
}

/** The elements of `ARRAY[…]`, with or without a cast of the whole, as Postgres prints an IN list. */
function arrayItems(node: Node | undefined, scope: Scope): readonly Expression[] {
  if (node !== undefined && 'TypeCast' in node && node.TypeCast.arg !== undefined) {
    return arrayItems(node.TypeCast.arg, scope);
  }
  if (node !== undefined && 'A_ArrayExpr' in node) {
    return (node.A_ArrayExpr.elements ?? []).map((element) => translate(element, scope));
  }
  throw new Unsupported('SQLite has no arrays');
}

function caseExpression(node: Extract<Node, { CaseExpr: unknown }>, scope: Scope): Expression {
  const { arg, args = [], defresult, location } = node.CaseExpr;
  const tested = arg === undefined ? null : translate(arg, scope);
  const whens = args.flatMap((when) => ('CaseWhen' in when ? [when.CaseWhen] : []));
  const conditions = whens.map(({ expr }) =>
    tested === null
      ? boolean(required(expr, node), scope)
      : compare('=', tested, translate(required(expr, node), scope), location),
  );
  const results = unify([
    ...whens.map(({ result }) => translate(required(result, node), scope)),
    ...(defresult === undefined ? [] : [translate(defresult, scope)]),
  ]);
  const branches = conditions.map(
    (condition, index) => `WHEN ${condition.sql} THEN ${results.items[index]?.sql ?? 'NULL'}`,
  );
  const otherwise = defresult === undefined ? [] : [`ELSE ${results.items.at(-1)?.sql ?? 'NULL'}`];
  return {
    sql: ['CASE', ...branches, ...otherwise, 'END'].join(' '),
    kind: results.kind,
    level: LEVEL.primary,
  };
}

function required(node: Node | undefined, parent: Node): Node {
  if (node !== undefined) return node;
  throw new Unsupported(`${kindOf(parent)} without an operand`);
}
