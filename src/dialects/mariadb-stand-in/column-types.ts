import type { HclExpression } from '../../format/hcl-file.ts';

/** Types that are treated alike. */
type TypeFamily =
  | 'integer'
  | 'bool'
  | 'decimal'
  | 'float'
  | 'bit'
  | 'string'
  | 'text'
  | 'binary'
  | 'blob'
  | 'json'
  | 'moment'
  | 'calendar'
  | 'year'
  | 'enum'
  | 'set'
  | 'geometry';

export interface ColumnType {
  readonly family: TypeFamily;
  readonly name: string;
  /** The numbers in its parentheses: a length, a precision, a precision and a scale. */
  readonly numbers: readonly number[];
  /** The values of an enum or set. */
  readonly values: readonly string[];
}

/** How many numbers a type may have, and whether it needs one. */
export const TYPES: Readonly<Record<string, readonly [TypeFamily, least: number, most: number]>> = {
  tinyint: ['integer', 0, 0],
  smallint: ['integer', 0, 0],
  mediumint: ['integer', 0, 0],
  int: ['integer', 0, 0],
  bigint: ['integer', 0, 0],
  bool: ['bool', 0, 0],
  decimal: ['decimal', 2, 2],
  float: ['float', 0, 0],
  double: ['float', 0, 0],
  bit: ['bit', 1, 1],
  char: ['string', 1, 1],
  varchar: ['string', 1, 1],
  tinytext: ['text', 0, 0],
  text: ['text', 0, 0],
  mediumtext: ['text', 0, 0],
  longtext: ['text', 0, 0],
  binary: ['binary', 1, 1],
  varbinary: ['binary', 1, 1],
  tinyblob: ['blob', 0, 0],
  blob: ['blob', 0, 0],
  mediumblob: ['blob', 0, 0],
  longblob: ['blob', 0, 0],
  json: ['json', 0, 0],
  datetime: ['moment', 0, 1],
  timestamp: ['moment', 0, 1],
  date: ['calendar', 0, 0],
  time: ['calendar', 0, 1],
  year: ['year', 0, 0],
  geometry: ['geometry', 0, 0],
  point: ['geometry', 0, 0],
  linestring: ['geometry', 0, 0],
  polygon: ['geometry', 0, 0],
  multipoint: ['geometry', 0, 0],
  multilinestring: ['geometry', 0, 0],
  multipolygon: ['geometry', 0, 0],
  geometrycollection: ['geometry', 0, 0],
};
/** MySQL's limits, which MariaDB's go beyond. */
const DECIMAL = { precision: 65, scale: 30 };

/** @returns null for a type of which it is not known that MariaDB plans it as MySQL 8 does */
export function columnType(value: HclExpression): ColumnType | null {
  if (value.kind === 'reference') return typeOf(value.path.join('.'), []);
  if (value.kind !== 'call') return null;
  const { name } = value;
  if (name === 'enum' || name === 'set') return valuesType(name, value.arguments);
  const numbers = value.arguments.map((argument) =>
    argument.kind === 'number' && /^\d+$/.test(argument.text) ? Number(argument.text) : Number.NaN,
  );
  if (numbers.some(Number.isNaN)) return null;
  // The one width that MySQL 8 still shows.
  if (name === 'tinyint' && numbers.length === 1 && numbers[0] === 1) return typeOf('bool', []);
  return typeOf(name, numbers);
}

function typeOf(name: string, numbers: readonly number[]): ColumnType | null {
  const [family, least, most] = Object.entries(TYPES).find(([known]) => known === name)?.[1] ?? [];
  if (family === undefined || least === undefined || most === undefined) return null;
  if (numbers.length < least || numbers.length > most) return null;
  const [precision = 0, scale = 0] = numbers;
  if (family === 'decimal' && (precision > DECIMAL.precision || scale > DECIMAL.scale)) return null;
  return { family, name, numbers, values: [] };
}

/** Atlas reads the values back from a text in which quotes are doubled, each version in its own way. */
function valuesType(name: 'enum' | 'set', items: readonly HclExpression[]): ColumnType | null {
  const values = items.flatMap((item) => (item.kind === 'string' ? [item.text] : []));
  if (values.length < items.length || values.length === 0) return null;
  if (values.some((value) => !/^[\x20-\x26\x28-\x2b\x2d-\x5b\x5d-\x7e]+$/.test(value))) return null;
  // Under the collation that stands in they may be one value where they are two in MySQL.
  const folded = new Set(values.map((value) => value.trimEnd().toLowerCase()));
  return folded.size === values.length ? { family: name, name, numbers: [], values } : null;
}
