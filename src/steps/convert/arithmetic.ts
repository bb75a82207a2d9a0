import { asNumber, type Expression, LEVEL, operand } from './operands.ts';
import { Unsupported } from './unsupported.ts';

const ARITHMETIC: Readonly<Record<string, number>> = {
  '+': LEVEL.sum,
  '-': LEVEL.sum,
  '*': LEVEL.product,
  '/': LEVEL.product,
  '%': LEVEL.product,
};

/**
 * An operator of two numbers.
 *
 * @throws Unsupported for an operator that SQLite lacks, and for a divisor that may be zero
 */
export function arithmetic(
  operator: string,
  left: Expression,
  right: Expression,
  offset: number | undefined,
): Expression {
  const level = ARITHMETIC[operator];
  if (level === undefined) throw new Unsupported(`SQLite has no operator ${operator}`, offset);
  const [a, b] = [asNumber(left, offset), asNumber(right, offset)];
  const whole = a.kind === 'integer' && b.kind === 'integer';
  if (operator === '/' || operator === '%') {
    // Postgres refuses the row that makes a divisor zero; SQLite makes NULL of it, which fulfils a CHECK.
    if (!/^-?\d+(?:\.\d+)?$/.test(b.sql) || Number(b.sql) === 0) {
      throw new Unsupported('it divides by something other than a constant, which may be zero', offset);
    }
    if (!whole && operator === '%') throw new Unsupported('% of SQLite knows only whole numbers', offset);
  }
  // A number without a fraction is stored as an integer, and integers divide to integers.
  const dividend = operator === '/' && !whole ? `CAST(${a.sql} AS REAL)` : operand(a, level);
  const kind = whole ? 'integer' : a.kind === 'real' || b.kind === 'real' ? 'real' : 'number';
  return { sql: `${dividend} ${operator} ${operand(b, level + 1)}`, kind, level };
}

/** A sign before a number. */
export function sign(operator: string, value: Expression, offset: number | undefined): Expression {
  if (operator !== '-' && operator !== '+')
    throw new Unsupported(`SQLite has no operator ${operator}`, offset);
  const number = asNumber(value, offset);
  if (operator === '+') return number;
  const literal = number.literal === undefined ? undefined : `-${number.literal}`;
  return { sql: `-${operand(number, LEVEL.primary)}`, kind: number.kind, level: LEVEL.unary, literal };
}
