import type { Node } from 'libpg-query';
import type { ColumnType } from './column-types.ts';
import { type Scope, translate } from './expression.ts';
import { decimalText } from './literals.ts';
import { type Expression, isNumber, withKind } from './operands.ts';
import { lastName, offsetOf } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';

/** A random uuid of version 4. */
const RANDOM_UUID =
  "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || " +
  "substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))";

const NOW = '(CURRENT_TIMESTAMP)';
const TIME_FUNCTIONS: ReadonlySet<string> = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'clock_timestamp',
]);

/**
 * What stands after DEFAULT. A constant is written as Postgres would store it, so an exact decimal has all digits of its scale;
 * the time is UTC and in whole seconds.
 *
 * @throws Unsupported where SQLite can't make the value
 */
export function defaultValue(node: Node, type: ColumnType, scope: Scope): string {
  const made = generated(node, type);
  if (made !== null) return made;
  const constant = 'TypeCast' in node ? (node.TypeCast.arg ?? node) : node;
  const offset = offsetOf(constant);
  // A cast of the whole default to the column's type says nothing that the column does not.
  const written = translate('A_Const' in constant ? constant : node, scope);
  const value = withKind(written, type.kind === 'exact' ? 'number' : type.kind, offset);
  if (type.kind === 'exact' && value.sql !== 'NULL') return decimalText(value.sql, type.scale, offset);
  if (!sameKind(value, type)) {
    throw new Unsupported(`the default ${value.sql} is of another type than its column`, offset);
  }
  return isLiteral(value.sql) ? value.sql : `(${value.sql})`;
}

function generated(node: Node, type: ColumnType): string | null {
  if ('SQLValueFunction' in node) {
    const { op, location } = node.SQLValueFunction;
    if (op === 'SVFOP_CURRENT_DATE') return '(CURRENT_DATE)';
    if (op === 'SVFOP_CURRENT_TIMESTAMP' || op === 'SVFOP_LOCALTIMESTAMP') return now(type);
    throw new Unsupported('SQLite has no counterpart of the default', location);
  }
  if (!('FuncCall' in node)) return null;
  const name = lastName(node.FuncCall.funcname);
  if (TIME_FUNCTIONS.has(name)) return now(type);
  if (name === 'gen_random_uuid' || name === 'uuid_generate_v4') return RANDOM_UUID;
  const [zone, instant] = node.FuncCall.args ?? [];
  if (name === 'timezone' && zone !== undefined && instant !== undefined && isUtc(zone)) {
    return generated(instant, type);
  }
  return null;
}

function now({ declaration }: ColumnType): string {
  if (declaration === 'DATETIME') return NOW;
  return declaration === 'DATE' ? '(CURRENT_DATE)' : '(CURRENT_TIME)';
}

function isUtc(zone: Node): boolean {
  if ('TypeCast' in zone && zone.TypeCast.arg !== undefined) return isUtc(zone.TypeCast.arg);
  return 'A_Const' in zone && zone.A_Const.sval?.sval?.toLowerCase() === 'utc';
}

function sameKind(value: Expression, type: ColumnType): boolean {
  if (value.sql === 'NULL' || value.kind === type.kind) return true;
  if (isNumber(value)) return type.kind === 'number' || type.kind === 'real';
  return value.kind === 'text' && ['enum', 'uuid'].includes(type.kind);
}

function isLiteral(sql: string): boolean {
  return /^(?:NULL|[+-]?[\d.]+(?:[eE][+-]?\d+)?|X?'(?:[^']|'')*')$/.test(sql);
}
