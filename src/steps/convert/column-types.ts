import type { TypeName } from 'libpg-query';
import { textLiteral } from './literals.ts';
import { integerConstant, lastName, strings } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';

/**
 * How values of a type behave in expressions. `exact` is a decimal of more than 15 digits, held as text; `unknown` is
 * a literal without a type, which takes the type of what it meets.
 */
export type ValueKind =
  | 'integer'
  | 'number'
  | 'exact'
  | 'real'
  | 'boolean'
  | 'text'
  | 'enum'
  | 'uuid'
  | 'blob'
  | 'json'
  | 'instant'
  | 'unknown';

/** A Postgres column type in SQLite. */
export interface ColumnType {
  readonly kind: ValueKind;
  /** The type as the column declares it. */
  readonly declaration: string;
  /** The conditions that a value which is not NULL fulfils, given the column's name as SQL. */
  check(column: string): readonly string[];
  /** The storage class that every value must have, where another could get in. */
  readonly storage: 'integer' | 'real' | 'blob' | null;
  /** Whether NULL fulfils each of `check`: SQLite takes a CHECK that is NULL for fulfilled. */
  readonly nullPasses: boolean;
  /** `serial` and its kin: the column fills itself. */
  readonly serial: boolean;
  /** Digits after the point, of a numeric that has a fixed number of them. */
  readonly scale: number | null;
}

/** What a row of the table of types may depend on. */
interface TypeContext {
  readonly modifiers: readonly number[];
  readonly wideNumeric: WideNumeric;
  readonly offset: number | undefined;
}

/** What becomes of a `numeric` of more than 15 digits: exact as text, or a double that loses digits. */
export type WideNumeric = 'text' | 'real';

type TypeRow = (context: TypeContext) => ColumnType;

/** The digits that survive a double. */
const DIGITS_OF_A_DOUBLE = 15;

/**
 * Every Postgres type that has a counterpart, by its name in the syntax tree.
 *
 * The declared names are chosen for the Go types that sqlc's SQLite engine gives them (`sqliteType` in its
 * `internal/codegen/golang`): SMALLINT, INT and BIGINT are int64, BOOLEAN is bool, DATE and DATETIME are time.Time, REAL and
 * DECIMAL(p,s) are float64, TEXT is string, BLOB is []byte. Not chosen:
 *
 * - INTEGER for a key: SQLite takes a lone INTEGER PRIMARY KEY for the row id and fills it in where Postgres refuses
 *   NULL, so it is left to identity columns.
 * - JSON for json: sqlc makes json.RawMessage of it, which database/sql can't scan from the text that a default or an
 *   SQL function stores; and the name gives the column numeric affinity, which rewrites a document that is a number.
 * - STRICT tables: they know neither BOOLEAN nor DATETIME, so Go would see integers and strings.
 *
 * SQLite's types bind nothing without STRICT, hence the CHECKs: what Postgres refuses by type, they refuse. They are
 * about what is stored: where Postgres rewrites an input (rounds to the scale, pads a char, lower-cases a uuid), SQLite wants it
 * written so. What they can't hold, and nobody notices in a CHECK or a key: the calendar (SQLite takes February 30 for
 * March 1), fractions of a second beyond the precision of a timestamp, NaN and infinities, and float4's rounding.
 */
export const TYPES: Readonly<Record<string, TypeRow>> = {
  int2: () => integer('SMALLINT', '-32768', '32767'),
  int4: () => integer('INT', '-2147483648', '2147483647'),
  int8: () => integer('BIGINT'),
  smallserial: () => ({ ...integer('SMALLINT', '-32768', '32767'), serial: true }),
  serial: () => ({ ...integer('INT', '-2147483648', '2147483647'), serial: true }),
  bigserial: () => ({ ...integer('BIGINT'), serial: true }),
  bool: () => type('boolean', 'BOOLEAN', (column) => [`${column} IN (0, 1)`]),
  float4: () => ({ ...type('real', 'REAL'), storage: 'real' }),
  float8: () => ({ ...type('real', 'REAL'), storage: 'real' }),
  numeric,
  text: () => type('text', 'TEXT'),
  varchar: ({ modifiers: [length] }) =>
    type('text', 'TEXT', (column) => (length === undefined ? [] : [`length(${column}) <= ${length}`])),
  // Postgres pads to the length and ignores what it padded; a value of the full length means the same in both.
  bpchar: ({ modifiers: [length] }) =>
    type('text', 'TEXT', (column) => [
      ...(length === undefined ? [] : [`length(${column}) = ${length}`]),
      `rtrim(${column}) = ${column}`,
    ]),
  bytea: () => ({ ...type('blob', 'BLOB'), storage: 'blob' }),
  uuid: () =>
    type('uuid', 'TEXT', (column) => [`length(${column}) = 36`, `${column} NOT GLOB '*[^0-9a-f-]*'`]),
  json: () => type('json', 'TEXT', (column) => [`json_valid(${column})`]),
  jsonb: () => type('json', 'TEXT', (column) => [`json_valid(${column})`]),
  date: () => instant('DATE'),
  timestamp: () => instant('DATETIME'),
  timestamptz: () => instant('DATETIME'),
  time: () => instant('TEXT'),
};

function type(kind: ValueKind, declaration: string, check: ColumnType['check'] = () => []): ColumnType {
  return {
    ...{ kind, declaration, check, storage: null, nullPasses: true, serial: false, scale: null },
  };
}

function integer(declaration: string, least?: string, greatest?: string): ColumnType {
  const range = (column: string): readonly string[] =>
    least === undefined ? [] : [`${column} BETWEEN ${least} AND ${greatest}`];
  return { ...type('integer', declaration, range), storage: 'integer' };
}

/** Drivers write an instant in several forms; what SQLite can read as one is let in. */
function instant(declaration: string): ColumnType {
  return {
    ...type('instant', declaration, (column) => [`julianday(${column}) IS NOT NULL`]),
    nullPasses: false,
  };
}

function numeric({ modifiers, wideNumeric, offset }: TypeContext): ColumnType {
  const [precision, scale = 0] = modifiers;
  if (scale < 0 || (precision !== undefined && scale > precision)) {
    throw new Unsupported(`the scale ${scale} of a numeric lies outside of its ${precision} digits`, offset);
  }
  if (precision !== undefined && precision <= DIGITS_OF_A_DOUBLE) {
    const limit = `1${'0'.repeat(precision - scale)}`;
    const fits = (column: string): readonly string[] => [
      `round(${column}, ${scale}) = ${column}`,
      `abs(${column}) < ${limit}`,
    ];
    return { ...type('number', `DECIMAL(${precision},${scale})`, fits), scale };
  }
  if (wideNumeric === 'real') {
    return type('number', 'NUMERIC', (column) => [`typeof(${column}) NOT IN ('text', 'blob')`]);
  }
  // A number in JSON has no sign but a minus and no leading zero; the second condition leaves out the exponent.
  const fits = (column: string): readonly string[] => [
    `json_valid(${column})`,
    `${column} NOT GLOB '*[^0-9.-]*'`,
    ...(precision === undefined
      ? []
      : [
          precision === scale
            ? `ltrim(${column}, '-') GLOB '0*'`
            : `instr(ltrim(${column}, '-') || '.', '.') <= ${precision - scale + 1}`,
          `length(${column}) - instr(${column} || '.', '.') <= ${scale}`,
        ]),
  ];
  return { ...type('exact', 'TEXT', fits), scale: precision === undefined ? null : scale };
}

/**
 * The counterpart of a Postgres type.
 *
 * @param enums the values of each enum type
 * @throws Unsupported where SQLite has none
 */
export function columnType(
  typeName: TypeName | undefined,
  enums: ReadonlyMap<string, readonly string[]>,
  wideNumeric: WideNumeric,
): ColumnType {
  const offset = typeName?.location;
  const name = lastName(typeName?.names);
  if ((typeName?.arrayBounds ?? []).length > 0 || typeName?.setof === true) {
    throw new Unsupported(`SQLite has no arrays, here of ${name}`, offset);
  }
  const qualified = strings(typeName?.names)[0] !== 'pg_catalog';
  const values = qualified ? enums.get(name) : undefined;
  if (values !== undefined) return enumType(values);
  const row = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (row === undefined) throw new Unsupported(`SQLite has no counterpart of the type ${name}`, offset);
  const modifiers = (typeName?.typmods ?? []).flatMap((node) => integerConstant(node) ?? []);
  return row({ modifiers, wideNumeric, offset });
}

function enumType(values: readonly string[]): ColumnType {
  return type('enum', 'TEXT', (column) => [`${column} IN (${values.map(textLiteral).join(', ')})`]);
}

/**
 * The CHECK that holds a column to its Postgres type, as a condition; null where nothing needs to be held.
 *
 * @param column the name as SQL
 */
export function typeCondition(
  column: string,
  { check, storage, nullPasses }: ColumnType,
  nullable: boolean,
): string | null {
  const stored =
    storage === null
      ? []
      : [nullable ? `typeof(${column}) IN ('${storage}', 'null')` : `typeof(${column}) = '${storage}'`];
  const conditions = [...stored, ...check(column)];
  if (conditions.length === 0) return null;
  const all = conditions.join(' AND ');
  return nullable && !nullPasses ? `${column} IS NULL OR ${all}` : all;
}
