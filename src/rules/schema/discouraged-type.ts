import { z } from 'zod';
import type { DialectName } from '../../config/dialect-names.ts';
import type { Column } from '../../sources/schema-model.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

const KINDS = ['timestamp', 'float', 'char', 'serial', 'money'] as const;
type Kind = (typeof KINDS)[number];

/** Words in the names of columns that hold sums of money and nothing else. */
const MONEY = ['amount', 'price', 'cost', 'fee', 'balance', 'salary', 'payment', 'revenue'];

/** Words after which such a name is about a proportion of a sum: `fee_ratio`. */
const PROPORTIONS = ['ratio', 'rate', 'percent', 'percentage', 'pct', 'factor'];

const REASONS: Readonly<Record<Kind, { readonly cause: string; readonly instead: string }>> = {
  timestamp: {
    cause: 'it keeps a time of day without saying where, and means another moment on each server and client',
    instead: 'timestamptz',
  },
  float: {
    cause: 'a binary fraction can not hold most sums of money exactly',
    instead: 'numeric or decimal',
  },
  char: {
    cause: 'it pads shorter values with spaces, which then count or not, as it happens',
    instead: 'varchar or text',
  },
  serial: {
    cause: 'it makes a sequence with rights and an owner of its own, and lets everyone write over its values',
    instead: 'an integer type with a block identity',
  },
  money: {
    cause: "its decimals and its text depend on a setting of the server's session",
    instead: 'numeric',
  },
};

/** A type that the documentation of the database, or experience, advises against. */
export const discouragedType = withOptions({
  severity: 'warning',
  summary:
    'A column has a type that is seldom what was meant: timestamp without zone, float for money, char(n), serial.',
  options: z.strictObject({
    allow: z.array(z.enum(KINDS)).default([]).describe('Kinds that are right in this project.'),
    money: z
      .array(z.string())
      .default(MONEY)
      .describe('Words in names of columns that hold sums of money, which no float may.'),
  }),
  check: (evidence, _, { allow, money }) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const words = new Set(money);
    return schema.model.tables.flatMap((table) =>
      table.columns.flatMap((column): readonly Sighting[] => {
        const kind = kindOf(column, schema.dialect, words);
        if (kind === null || allow.includes(kind) || column.type === null) return [];
        const { cause, instead } = REASONS[kind];
        return [
          {
            target: schema.id,
            name: `${table.name}.${column.name}`,
            message: `column ${table.name}.${column.name} is ${column.type.text}`,
            location: column.type.location,
            cause,
            diff: null,
            fix: `use ${instead}, or list ${kind} in the option allow`,
          },
        ];
      }),
    );
  },
});

const FLOATS = new Set([
  'float',
  'float4',
  'float8',
  'real',
  'double',
  'double_precision',
  'double precision',
]);
const SERIALS = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

function kindOf({ name, type }: Column, dialect: DialectName, money: ReadonlySet<string>): Kind | null {
  const base = type?.base ?? null;
  if (type === null || base === null) return null;
  if (FLOATS.has(base)) return isSum(name, money) ? 'float' : null;
  if (dialect !== 'postgres') return null;
  if (base === 'timestamp' || base === 'timestamp without time zone') return 'timestamp';
  if (SERIALS.has(base)) return 'serial';
  if (base === 'money') return 'money';
  // One character is never padded.
  const isFixed = base === 'char' || base === 'character';
  return isFixed && type.arguments.length > 0 && type.arguments[0] !== '1' ? 'char' : null;
}

function isSum(name: string, money: ReadonlySet<string>): boolean {
  const words = name.toLowerCase().split('_');
  const last = words.findLast((word) => money.has(word) || PROPORTIONS.includes(word));
  return last !== undefined && money.has(last);
}
