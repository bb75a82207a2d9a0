import type { DialectName } from '../../config/dialect-names.ts';
import type { Column, EnumType } from '../../sources/schema-model.ts';

/** A column with what its type may refer to. */
export interface TypedColumn {
  readonly dialect: DialectName;
  readonly column: Pick<Column, 'type' | 'settings'>;
  readonly enums: readonly EnumType[];
}

/** What a type is, as far as it can be held against one of another dialect. */
type Family =
  | { readonly kind: 'integer'; readonly bits: number; readonly unsigned: boolean }
  | { readonly kind: 'boolean' | 'float' | 'date' | 'time' | 'timestamp' | 'json' | 'uuid' }
  /** `length` in characters or bytes; null: no limit that is given by hand. */
  | { readonly kind: 'text' | 'bytes'; readonly length: number | null; readonly fixed: boolean }
  /** Null: as many digits as there are. */
  | { readonly kind: 'decimal'; readonly precision: number | null; readonly scale: number }
  /** Null where the values are not known. */
  | { readonly kind: 'enum'; readonly values: readonly string[] | null };

const INTEGER_BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  int2: 16,
  smallserial: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  int4: 32,
  serial: 32,
  bigint: 64,
  int8: 64,
  bigserial: 64,
};

const SIMPLE: Readonly<Record<string, Family>> = {
  boolean: { kind: 'boolean' },
  bool: { kind: 'boolean' },
  real: { kind: 'float' },
  float: { kind: 'float' },
  float4: { kind: 'float' },
  float8: { kind: 'float' },
  double: { kind: 'float' },
  double_precision: { kind: 'float' },
  date: { kind: 'date' },
  time: { kind: 'time' },
  timetz: { kind: 'time' },
  time_without_time_zone: { kind: 'time' },
  time_with_time_zone: { kind: 'time' },
  timestamp: { kind: 'timestamp' },
  timestamptz: { kind: 'timestamp' },
  timestamp_without_time_zone: { kind: 'timestamp' },
  timestamp_with_time_zone: { kind: 'timestamp' },
  datetime: { kind: 'timestamp' },
  json: { kind: 'json' },
  jsonb: { kind: 'json' },
  uuid: { kind: 'uuid' },
  text: { kind: 'text', length: null, fixed: false },
  tinytext: { kind: 'text', length: null, fixed: false },
  mediumtext: { kind: 'text', length: null, fixed: false },
  longtext: { kind: 'text', length: null, fixed: false },
  bytea: { kind: 'bytes', length: null, fixed: false },
  tinyblob: { kind: 'bytes', length: null, fixed: false },
  blob: { kind: 'bytes', length: null, fixed: false },
  mediumblob: { kind: 'bytes', length: null, fixed: false },
  longblob: { kind: 'bytes', length: null, fixed: false },
};

const WITH_LENGTH: Readonly<Record<string, { readonly kind: 'text' | 'bytes'; readonly fixed: boolean }>> = {
  varchar: { kind: 'text', fixed: false },
  character_varying: { kind: 'text', fixed: false },
  char: { kind: 'text', fixed: true },
  character: { kind: 'text', fixed: true },
  varbinary: { kind: 'bytes', fixed: false },
  binary: { kind: 'bytes', fixed: true },
};

/** The most digits that a decimal of MySQL has; numbers with more are kept as text there. */
const MYSQL_DIGITS = 65;

/**
 * Why a column of Postgres and one of MySQL do not hold the same values, as a cause in words; null where they do, or
 * where it can't be told. Said is only what no way of keeping one kind of value in two dialects explains.
 */
export function typeDifference(left: TypedColumn, right: TypedColumn): string | null {
  const [postgres, mysql] = left.dialect === 'postgres' ? [left, right] : [right, left];
  if (postgres.dialect !== 'postgres' || mysql.dialect !== 'mysql') return null;
  const [one, other] = [familyOf(postgres), familyOf(mysql)];
  return one === null || other === null ? null : differenceOf(one, other);
}

function familyOf({ dialect, column, enums }: TypedColumn): Family | null {
  const { type } = column;
  if (type === null || type.text === null) return null;
  if (type.reference !== null) {
    const { kind, name } = type.reference;
    if (kind !== 'enum') return null;
    const [first, ...more] = enums.filter((found) => found.name === name);
    return { kind: 'enum', values: more.length === 0 ? (first?.values ?? null) : null };
  }
  if (type.base === null || type.text.endsWith(']')) return null;
  const unsigned = /\bunsigned$/.test(type.text) || column.settings.get('unsigned') === 'true';
  const base = type.base
    .toLowerCase()
    .replace(/ unsigned$/, '')
    .replaceAll(' ', '_');
  const [first = null, second = null] = type.arguments.map(Number);
  if (base === 'enum') return { kind: 'enum', values: textsOf(type.arguments) };
  if (dialect === 'mysql' && base === 'tinyint' && first === 1) return { kind: 'boolean' };
  if (dialect === 'mysql' && base === 'bit' && (first ?? 1) === 1) return { kind: 'boolean' };
  const bits = INTEGER_BITS[base];
  if (bits !== undefined) return { kind: 'integer', bits, unsigned };
  if (base === 'decimal' || base === 'numeric') {
    const precision = first ?? (dialect === 'mysql' ? 10 : null);
    return { kind: 'decimal', precision, scale: second ?? 0 };
  }
  const withLength = WITH_LENGTH[base];
  if (withLength !== undefined) {
    const length = first ?? (withLength.fixed ? 1 : null);
    return length !== null && Number.isNaN(length) ? null : { ...withLength, length };
  }
  return SIMPLE[base] ?? null;
}

/** The texts of an enum's values, which stand in quotes; null where one of them is something else. */
function textsOf(quoted: readonly string[]): readonly string[] | null {
  const texts = quoted.map((text) => /^"((?:[^"\\])*)"$/.exec(text)?.[1]);
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 || known.length < texts.length ? null : known;
}

/** What keeps values that are not its own: text and bytes hold anything that is written out. */
const WRITTEN_OUT: ReadonlySet<Family['kind']> = new Set(['text', 'bytes', 'json', 'enum', 'uuid']);

function differenceOf(postgres: Family, mysql: Family): string | null {
  if (postgres.kind === 'decimal' && postgres.precision === null && mysql.kind === 'decimal') return null;
  if (postgres.kind === 'integer' && mysql.kind === 'integer') return integerDifference(postgres, mysql);
  if (postgres.kind === 'decimal' && mysql.kind === 'decimal') {
    return postgres.precision === mysql.precision && postgres.scale === mysql.scale
      ? null
      : 'numbers of the one have more digits than the other keeps';
  }
  if (isText(postgres) && isText(mysql)) return lengthDifference(postgres, mysql);
  if (postgres.kind === 'enum' && mysql.kind === 'enum') return enumDifference(postgres.values, mysql.values);
  if (postgres.kind === mysql.kind) return null;
  if (postgres.kind === 'uuid') return uuidDifference(mysql);
  if (WRITTEN_OUT.has(postgres.kind) && WRITTEN_OUT.has(mysql.kind)) return null;
  if (postgres.kind === 'boolean' && mysql.kind === 'integer' && mysql.bits === 8) return null;
  if (postgres.kind === 'integer' && postgres.bits === 16 && mysql.kind === 'boolean') return null;
  if (postgres.kind === 'decimal') {
    const { precision, scale } = postgres;
    if (mysql.kind === 'integer' && scale === 0) return null;
    if (WRITTEN_OUT.has(mysql.kind) && (precision === null || precision > MYSQL_DIGITS)) return null;
  }
  return 'the one holds values that the other can not hold, and code reads them as different types';
}

type Text = Extract<Family, { kind: 'text' | 'bytes' }>;

function isText(family: Family): family is Text {
  return family.kind === 'text';
}

function lengthDifference(postgres: Text, mysql: Text): string | null {
  const { length } = postgres;
  return length === null || mysql.length === null || length === mysql.length
    ? null
    : `a text of ${Math.max(length, mysql.length)} characters fits into one of them alone`;
}

/** Postgres has no type of 8 or 24 bits and none without a sign: the next bigger one stands for those. */
function integerDifference(
  postgres: Extract<Family, { kind: 'integer' }>,
  mysql: Extract<Family, { kind: 'integer' }>,
): string | null {
  const ranges: Readonly<Record<number, readonly number[]>> = {
    8: [16],
    16: mysql.unsigned ? [16, 32] : [16],
    24: [32],
    32: mysql.unsigned ? [32, 64] : [32],
    64: [64],
  };
  return ranges[mysql.bits]?.includes(postgres.bits) === true
    ? null
    : 'a number can be in the range of one of them and outside of that of the other';
}

function uuidDifference(mysql: Family): string | null {
  const lengths = mysql.kind === 'bytes' ? [16, 32, 36] : [32, 36];
  const holds =
    (mysql.kind === 'text' || mysql.kind === 'bytes') &&
    (mysql.length === null || lengths.includes(mysql.length) || (!mysql.fixed && mysql.length > 36));
  return holds ? null : 'a UUID is 16 bytes, or 36 characters, or 32 without its hyphens';
}

function enumDifference(postgres: readonly string[] | null, mysql: readonly string[] | null): string | null {
  if (postgres === null || mysql === null) return null;
  const only = (these: readonly string[], those: readonly string[]): readonly string[] =>
    these.filter((value) => !those.includes(value));
  const [first] = [...only(postgres, mysql), ...only(mysql, postgres)];
  return first === undefined ? null : `the value ${JSON.stringify(first)} stands in one of them alone`;
}
