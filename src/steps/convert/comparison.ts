import { asNumber, type Expression, isNumber, LEVEL, operand, unify, withKind } from './operands.ts';
import { Unsupported } from './unsupported.ts';

/**
 * Compares two values.
 *
 * @param operator as SQLite writes it: `=`, `<>`, `IS`, `IS NOT` or an order
 * @throws Unsupported where the kinds differ, or where Postgres orders by more than the bytes
 */
export function compare(
  operator: string,
  left: Expression,
  right: Expression,
  offset: number | undefined,
): Expression {
  const [a, b] = comparable([left, right], /^[<>]=?$/.test(operator), offset);
  if (a === undefined || b === undefined) throw new Unsupported('a comparison without operands', offset);
  const level = /^[<>]=?$/.test(operator) ? LEVEL.order : LEVEL.equality;
  return {
    sql: `${operand(a, LEVEL.sum)} ${operator} ${operand(b, LEVEL.sum)}`,
    kind: 'boolean',
    level,
  };
}

/** `left IN (…)`, or NOT IN. */
export function membership(
  left: Expression,
  list: readonly Expression[],
  negated: boolean,
  offset: number | undefined,
): Expression {
  const [value, ...items] = comparable([left, ...list], false, offset);
  if (value === undefined || items.length === 0) throw new Unsupported('IN of an empty list', offset);
  const values = items.map(({ sql }) => sql).join(', ');
  const operator = negated ? 'NOT IN' : 'IN';
  return {
    sql: `${operand(value, LEVEL.sum)} ${operator} (${values})`,
    kind: 'boolean',
    level: LEVEL.equality,
  };
}

/** Brings values to a form in which SQLite compares them as Postgres does. */
function comparable(
  values: readonly Expression[],
  ordered: boolean,
  offset: number | undefined,
): readonly Expression[] {
  const typed = values.filter(({ kind }) => kind !== 'unknown');
  if (typed.some(isNumber)) return values.map((value) => asNumber(value, offset));
  if (typed.some(({ kind }) => kind === 'instant')) return values.map((value) => julianDay(value, offset));
  const { items, kind } = unify(values);
  if (kind === 'json') throw new Unsupported('SQLite compares JSON as text, not by what it says', offset);
  if (ordered && kind === 'enum') {
    throw new Unsupported(
      'SQLite orders enum values by their letters, Postgres as they are declared',
      offset,
    );
  }
  if (ordered && kind === 'text' && !items.some(({ bytewise }) => bytewise === true)) {
    throw new Unsupported('the order of texts depends on the collation unless it says COLLATE "C"', offset);
  }
  return items;
}

function julianDay(value: Expression, offset: number | undefined): Expression {
  const instant = value.kind === 'unknown' ? withKind(value, 'instant', offset) : value;
  if (instant.kind !== 'instant') throw new Unsupported(`${value.sql} is no date or time`, offset);
  return { sql: `julianday(${instant.sql})`, kind: 'number', level: LEVEL.primary };
}
