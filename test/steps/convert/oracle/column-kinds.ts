/** One value, as each database's SQL writes it. */
export interface Literal {
  readonly postgres: string;
  readonly sqlite: string;
}

/** A column type with what the oracle puts into it. */
export interface ColumnKind {
  /** As Postgres prints it; `%enum%` stands for the schema's enum type. */
  readonly type: string;
  /** The Go type that sqlc's SQLite engine is to give it where it may not be NULL. */
  readonly go: string;
  readonly valid: readonly Literal[];
  /** Other spellings of values, which only Postgres sees as the same; not for keys. */
  readonly spellings?: readonly Literal[];
  readonly invalid: readonly Literal[];
  /** Conditions for a CHECK, about the column in quotes. */
  readonly checks: (column: string) => readonly string[];
  readonly defaults: readonly string[];
  /** Whether the column may be a key: SQLite does not see all values as equal that Postgres does. */
  readonly key: boolean;
  /** A stored value in one spelling for both databases: Postgres's text or SQLite's value. */
  readonly normal: (value: string | number | bigint | Uint8Array) => string;
}

const both = (...texts: string[]): Literal[] => texts.map((text) => ({ postgres: text, sqlite: text }));
const quoted = (...texts: string[]): Literal[] =>
  both(...texts.map((text) => `'${text.replaceAll("'", "''")}'`));
const bytes = (...hex: string[]): Literal[] =>
  hex.map((text) => ({ postgres: `'\\x${text}'`, sqlite: `X'${text}'` }));
const booleans: Literal[] = [
  { postgres: 'true', sqlite: '1' },
  { postgres: 'false', sqlite: '0' },
];

const decimal = (value: unknown): string => {
  const text = String(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};
/** No value of the oracle is later than 2024, so what is comes from the clock. */
const instant = (value: unknown): string => {
  const utc = String(value).replace(/(?:\+00|Z)$/, '');
  const shifted = /^.* .*[+-]\d\d:\d\d$/.test(utc) ? new Date(utc).toISOString() : null;
  const text = shifted === null ? utc : `${shifted.slice(0, 10)} ${shifted.slice(11, 19)}`;
  return text > '2025' && /^\d{4}-/.test(text) ? 'now' : text;
};
const json = (value: unknown): string => JSON.stringify(JSON.parse(String(value)));
const hexOf = (value: unknown): string =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
const truth = (value: unknown): string => String(value).replace('true', '1').replace('false', '0');

const ofNumber = (column: string): string[] => [
  `${column} >= 0`,
  `${column} > -1 AND ${column} < 3`,
  `${column} BETWEEN 0 AND 2`,
  `${column} NOT BETWEEN 1 AND 2`,
  `abs(${column}) < 3`,
  `NOT (${column} = 1)`,
  `-${column} < 2`,
  `${column} IS NULL OR ${column} <> 2`,
  `COALESCE(${column}, 0) <= 2`,
  `NULLIF(${column}, 0) > 0`,
  `${column} * 2 + 1 <> 3`,
  `(${column} + 1) * 2 > 2`,
  `${column} IS DISTINCT FROM 1`,
  `CASE WHEN ${column} > 0 THEN ${column} < 3 ELSE true END`,
  `CASE ${column} WHEN 1 THEN false ELSE true END`,
];
const ofInteger = (column: string): string[] => [
  ...ofNumber(column),
  `${column} IN (0, 1, 2)`,
  `${column} NOT IN (1, 3)`,
  `${column} = ANY (ARRAY[0, 3])`,
  `${column} % 2 = 0`,
  `mod(${column}, 3) <> 1`,
  `${column} / 2 < 1`,
  `(${column} = 1) = (${column} > 0)`,
];
const ofDecimal = (column: string): string[] => [
  ...ofNumber(column),
  `${column} <= 1.5`,
  `${column} / 2 <> 0.5`,
  `${column} <> 1.5`,
];
const ofText = (column: string): string[] => [
  `length(${column}) > 0`,
  `char_length(${column}) <= 2`,
  `octet_length(${column}) < 3`,
  `lower(${column}) = ${column}`,
  `upper(${column}) <> 'A'`,
  `${column} <> ''`,
  `${column} IN ('a', 'ab', 'b')`,
  `${column} NOT IN ('a', 'it''s')`,
  `${column} LIKE 'a%'`,
  `${column} NOT LIKE '_b%'`,
  `${column} LIKE '%\\%'`,
  `${column} LIKE 'a[*]?%' OR ${column} LIKE '%b'`,
  `${column} ILIKE 'A%'`,
  `${column} NOT ILIKE '%B'`,
  `btrim(${column}) = ${column}`,
  `ltrim(${column}, 'a') <> ''`,
  `substring(${column} from 1 for 1) = 'a'`,
  `substr(${column}, 2) <> 'b'`,
  `position('b' in ${column}) = 0`,
  `strpos(${column}, 'a') > 0`,
  `left(${column}, 1) <> 'b'`,
  `right(${column}, 1) = 'b'`,
  `starts_with(${column}, 'a')`,
  `replace(${column}, 'a', 'b') <> 'b'`,
  `${column} || 'b' <> 'ab'`,
  `${column} COLLATE "C" >= 'ab'`,
  `COALESCE(${column}, '') <> 'b'`,
  `${column} IS NULL OR length(${column}) BETWEEN 1 AND 3`,
  `CASE ${column} WHEN 'a' THEN false ELSE true END`,
];
const ofInstant = (column: string, at: string): string[] => [
  `${column} >= '${at}'`,
  `${column} < '${at}'`,
  `${column} <> '${at}'`,
  `${column} BETWEEN '${at}' AND '${at}'`,
  `${column} IS NULL OR ${column} > '${at}'`,
];

const texts = quoted('', 'a', 'ab', 'b', 'A', 'é', "it's", 'a%', ' a', 'aB');
const moments = quoted(
  '2024-01-31 10:00:00',
  '2024-01-31 10:00:00.5',
  '2024-02-29 00:00:00',
  '1999-12-31 23:59:59',
);
const exact = quoted(
  '0',
  '1',
  '1.5',
  '-2.000000000000000001',
  '12345678901234567890.123456789012345678',
  '3',
);

const plain = { key: true, normal: String } as const;
const int = { ...plain, go: 'int64', checks: ofInteger, defaults: ['0', '2', '-1'] } as const;
const text = { ...plain, go: 'string', checks: ofText } as const;
const moment = { ...plain, go: 'time.Time', normal: instant } as const;

export const COLUMN_KINDS: readonly ColumnKind[] = [
  {
    ...int,
    type: 'smallint',
    valid: both('0', '1', '2', '3', '-1', '32767'),
    invalid: both('32768', '-40000', "'abc'"),
  },
  { ...int, type: 'integer', valid: both('0', '1', '2', '3', '-1'), invalid: both('2147483648', "'abc'") },
  {
    ...int,
    type: 'bigint',
    valid: both('0', '1', '2', '-1', '9007199254740993'),
    invalid: both('9223372036854775808', "'abc'"),
    checks: (column) => ofInteger(column).filter((check) => !check.includes('*')),
  },
  {
    ...text,
    type: 'character varying(4)',
    valid: texts,
    invalid: quoted('abcde', 'ééééé'),
    defaults: ["'a'", "''", "'it''s'"],
  },
  { ...text, type: 'text', valid: texts, invalid: [], defaults: ["'ab'", "'two\nlines; -- not a comment'"] },
  {
    ...text,
    type: 'character(3)',
    valid: quoted('abc', 'bcd', 'éab'),
    invalid: quoted('abcd'),
    checks: (column) => [`${column} <> 'bcd'`, `${column} IN ('abc', 'xyz')`, `length(${column}) = 3`],
    defaults: ["'abc'"],
  },
  {
    ...plain,
    type: 'boolean',
    go: 'bool',
    valid: booleans,
    invalid: quoted('maybe'),
    checks: (column) => [
      column,
      `NOT ${column}`,
      `${column} = true`,
      `${column} IS TRUE`,
      `${column} IS NOT FALSE`,
      `${column} IS UNKNOWN`,
      `COALESCE(${column}, false)`,
    ],
    defaults: ['true', 'false'],
    normal: truth,
  },
  {
    ...plain,
    type: 'numeric(6,2)',
    go: 'float64',
    valid: both('0', '1', '1.5', '-2.25', '9999.99', '0.07'),
    invalid: both('10000', '-10000', "'abc'"),
    checks: ofDecimal,
    defaults: ['0', '1.5', '-0.01'],
    normal: decimal,
  },
  {
    ...plain,
    type: 'numeric(15,0)',
    go: 'float64',
    valid: both('0', '1', '2', '999999999999999'),
    invalid: both('1000000000000000', "'abc'"),
    checks: ofDecimal,
    defaults: ['7'],
    normal: decimal,
  },
  {
    ...plain,
    type: 'numeric(38,18)',
    go: 'string',
    valid: exact,
    spellings: quoted('1.50', '0.0', '10'),
    invalid: quoted('123456789012345678901', 'abc', '1.5.2', '--1', ''),
    checks: ofDecimal,
    defaults: ['0', '1.25', '-3'],
    key: false,
    normal: decimal,
  },
  {
    ...plain,
    type: 'numeric',
    go: 'string',
    valid: exact,
    invalid: quoted('abc', '1,5'),
    checks: ofDecimal,
    defaults: ['0', '123456789012345678901234567890.5'],
    key: false,
    normal: decimal,
  },
  {
    ...plain,
    type: 'double precision',
    go: 'float64',
    valid: both('0', '1.5', '-2.25', '1e300', '2'),
    invalid: quoted('abc'),
    checks: ofDecimal,
    defaults: ['0', '0.5'],
    normal: (value) => String(Number(value)),
  },
  {
    ...plain,
    type: 'real',
    go: 'float64',
    valid: both('0', '1.5', '-2.25', '2'),
    invalid: quoted('abc'),
    checks: (column) => [`${column} >= 0`, `${column} <> 1.5`],
    defaults: ['0', '0.5'],
    normal: (value) => String(Number(value)),
  },
  {
    ...plain,
    type: 'bytea',
    go: '[]byte',
    valid: bytes('', '00', '0102', 'FF'),
    invalid: both('5'),
    checks: (column) => [
      `length(${column}) = 2`,
      `octet_length(${column}) IN (0, 1)`,
      `${column} <> '\\x00'`,
      `${column} > '\\x01'`,
      `substring(${column} from 1 for 1) <> '\\x01'`,
    ],
    defaults: ["'\\x00'", "'\\x'"],
    normal: hexOf,
  },
  {
    ...plain,
    type: 'uuid',
    go: 'string',
    valid: quoted(
      '00000000-0000-0000-0000-000000000000',
      '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    ),
    invalid: quoted('nope', '6f9619ff-8b86-4d01-b42d-00cf4fc964fg'),
    checks: (column) => [
      `${column} <> '00000000-0000-0000-0000-000000000000'`,
      `${column} > '6F9619FF-8B86-4D01-B42D-00CF4FC964FF'`,
    ],
    defaults: ["'00000000-0000-0000-0000-000000000000'"],
  },
  {
    ...plain,
    type: 'jsonb',
    go: 'string',
    valid: quoted('{}', '[1, 2]', '"a"', '1', '{"a": {"b": null}}'),
    invalid: quoted('{', 'a'),
    checks: (column) => [`${column} IS NOT NULL`],
    defaults: ["'{}'", "'[]'"],
    key: false,
    normal: json,
  },
  {
    ...moment,
    type: 'date',
    valid: quoted('2024-01-31', '2024-02-29', '1999-12-31'),
    invalid: quoted('not a date', '2024-13-01'),
    checks: (column) => ofInstant(column, '2024-01-31'),
    defaults: ["'2020-01-01'", 'CURRENT_DATE'],
  },
  {
    ...moment,
    type: 'timestamp with time zone',
    valid: moments,
    spellings: quoted('2024-01-31 12:00:00+02:00', '2024-01-31 10:00:00Z', '2024-01-31 09:00:00-05:00'),
    invalid: quoted('yesterdays', '2024-01-31 25:00:00'),
    checks: (column) => [
      ...ofInstant(column, '2024-01-31 10:00:00+00'),
      ...ofInstant(column, '2024-01-31 12:00:00+02'),
    ],
    defaults: ['now()', 'CURRENT_TIMESTAMP', "'2020-01-01 00:00:00+00'"],
  },
  {
    ...moment,
    type: 'timestamp without time zone',
    valid: moments,
    invalid: quoted('soon-ish'),
    checks: (column) => ofInstant(column, '2024-01-31 10:00:00'),
    defaults: ["(now() AT TIME ZONE 'utc')", "'2020-01-01 00:00:00'"],
  },
  {
    ...plain,
    type: 'time without time zone',
    go: 'string',
    valid: quoted('10:00:00', '23:59:59', '00:00:00'),
    invalid: quoted('noonish', '25:00:00'),
    checks: (column) => [`${column} >= '10:00:00'`, `${column} <> '00:00:00'`],
    defaults: ["'12:00:00'"],
  },
  {
    ...plain,
    type: '%enum%',
    go: 'string',
    valid: quoted('new', "can't", 'Done'),
    invalid: quoted('nope', 'done'),
    checks: (column) => [
      `${column} <> 'new'`,
      `${column} IN ('new', 'Done')`,
      `(${column} = 'Done') = (${column} <> 'new')`,
      `${column} IS DISTINCT FROM 'can''t'`,
    ],
    defaults: ["'new'", "'can''t'"],
  },
];
