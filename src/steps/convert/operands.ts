import type { ValueKind } from './column-types.ts';
import {
  blobLiteral,
  booleanLiteral,
  decimalText,
  instantLiteral,
  numberLiteral,
  textLiteral,
} from './literals.ts';
import { Unsupported } from './unsupported.ts';

/** A translated expression. */
export interface Expression {
  readonly sql: string;
  readonly kind: ValueKind;
  /** How tightly its outermost operator binds: one of `LEVEL`. */
  readonly level: number;
  /** Of a constant: the text in quotes or the digits, before any translation. */
  readonly literal?: string | undefined;
  /** Whether Postgres orders it by its bytes, as SQLite does. */
  readonly bytewise?: boolean;
}

/** SQLite's operators from the loosest to the tightest: https://www.sqlite.org/lang_expr.html. */
export const LEVEL = {
  or: 1,
  and: 2,
  not: 3,
  equality: 4,
  order: 5,
  sum: 7,
  product: 8,
  concat: 9,
  unary: 10,
  primary: 11,
} as const;

/** The expression's SQL, in parentheses where it binds less tightly than `least`. */
export function operand({ sql, level }: Expression, least: number): string {
  return level >= least ? sql : `(${sql})`;
}

const NUMBERS: ReadonlySet<ValueKind> = new Set(['integer', 'number', 'real', 'exact']);
const TEXTS: ReadonlySet<ValueKind> = new Set(['text', 'enum', 'uuid', 'unknown']);

export function isNumber({ kind }: Expression): boolean {
  return NUMBERS.has(kind);
}

/** The expression as a number that SQLite computes and compares with. */
export function asNumber(expression: Expression, offset?: number): Expression {
  if (expression.kind === 'exact') {
    return { sql: `CAST(${expression.sql} AS REAL)`, kind: 'real', level: LEVEL.primary };
  }
  if (isNumber(expression)) return expression;
  if (expression.kind === 'unknown') return withKind(expression, 'number', offset);
  throw new Unsupported(`${expression.sql} is no number`, offset);
}

/** The expression as a text. */
export function asText(expression: Expression, offset?: number): Expression {
  if (TEXTS.has(expression.kind)) return expression;
  throw new Unsupported(`${expression.sql} is no text`, offset);
}

/** A literal without a type, read as a value of this kind. */
export function withKind(expression: Expression, kind: ValueKind, offset?: number): Expression {
  const { literal } = expression;
  if (expression.kind !== 'unknown' || literal === undefined) return { ...expression, kind };
  return { ...expression, sql: literalOf(kind, literal, offset), kind };
}

function literalOf(kind: ValueKind, literal: string, offset?: number): string {
  switch (kind) {
    case 'integer':
    case 'number':
    case 'real':
      return numberLiteral(literal, offset);
    case 'exact':
      return decimalText(literal, null, offset);
    case 'boolean':
      return booleanLiteral(literal, offset);
    case 'blob':
      return blobLiteral(literal, offset);
    case 'instant':
      return instantLiteral(literal, offset);
    case 'uuid':
      return textLiteral(literal.toLowerCase());
    default:
      return textLiteral(literal);
  }
}

/** Brings the alternatives of a COALESCE, NULLIF or CASE to one kind. */
export function unify(items: readonly Expression[]): { items: readonly Expression[]; kind: ValueKind } {
  const typed = items.filter(({ kind }) => kind !== 'unknown');
  const kinds = new Set(typed.map(({ kind }) => kind));
  const [first] = typed;
  if (first === undefined) return { items, kind: 'text' };
  if (typed.every(isNumber) && kinds.size > 1) {
    const numbers = items.map((item) => asNumber(item));
    return { items: numbers, kind: kinds.has('real') || kinds.has('exact') ? 'real' : 'number' };
  }
  const other = typed.find(({ kind }) => kind !== first.kind);
  if (other !== undefined && !(TEXTS.has(first.kind) && TEXTS.has(other.kind))) {
    throw new Unsupported(`${first.sql} and ${other.sql} are of different types`);
  }
  const kind = other === undefined ? first.kind : 'text';
  return { items: items.map((item) => (item.kind === 'unknown' ? withKind(item, kind) : item)), kind };
}
