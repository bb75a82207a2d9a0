import { globPrefix } from './like.ts';
import { textLiteral } from './literals.ts';
import { asNumber, asText, type Expression, LEVEL, operand } from './operands.ts';
import { Unsupported } from './unsupported.ts';

/** A call in Postgres, its arguments translated. */
export interface Call {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly offset: number | undefined;
}

type Translation = (call: Call) => Expression;

/** Every function that SQLite can stand in for, by its name in Postgres. Those that need a compile option are not here. */
const FUNCTIONS: Readonly<Record<string, Translation>> = {
  length: ofLength,
  char_length: ofLength,
  character_length: ofLength,
  octet_length: (call) => {
    const value = argument(call, 0);
    if (value.kind === 'blob') return ofLength(call);
    return plain(`length(CAST(${asText(value, call.offset).sql} AS BLOB))`, 'integer');
  },
  lower: ofText('lower', 1),
  upper: ofText('upper', 1),
  btrim: ofText('trim', 2),
  ltrim: ofText('ltrim', 2),
  rtrim: ofText('rtrim', 2),
  replace: ofText('replace', 3),
  substr: substring,
  substring,
  left: (call) => {
    const length = constant(call, 1, 0);
    return plain(`substr(${asText(argument(call, 0), call.offset).sql}, 1, ${length})`, 'text');
  },
  right: (call) => {
    const length = constant(call, 1, 1);
    return plain(`substr(${asText(argument(call, 0), call.offset).sql}, -${length})`, 'text');
  },
  strpos: position,
  position,
  starts_with: (call) => {
    const prefix = argument(call, 1).literal;
    if (prefix === undefined)
      throw new Unsupported('starts_with of something that is no constant', call.offset);
    const value = operand(asText(argument(call, 0), call.offset), LEVEL.sum);
    return {
      sql: `${value} GLOB ${textLiteral(globPrefix(prefix))}`,
      kind: 'boolean',
      level: LEVEL.equality,
    };
  },
  abs: (call) => {
    const value = asNumber(argument(call, 0), call.offset);
    return plain(`abs(${value.sql})`, value.kind);
  },
  mod: (call) => {
    const value = asNumber(argument(call, 0), call.offset);
    const divisor = constant(call, 1, 1);
    if (value.kind !== 'integer') throw new Unsupported('% of SQLite knows only whole numbers', call.offset);
    return { sql: `${operand(value, LEVEL.product)} % ${divisor}`, kind: 'integer', level: LEVEL.product };
  },
  num_nulls: (call) => counted(call, 'IS NULL'),
  num_nonnulls: (call) => counted(call, 'IS NOT NULL'),
};

/** @throws Unsupported for a function, or arguments of one, that SQLite has nothing for */
export function callFunction(call: Call): Expression {
  const translation = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  if (translation !== undefined) return translation(call);
  throw new Unsupported(`SQLite has no counterpart of the function ${call.name}`, call.offset);
}

function plain(sql: string, kind: Expression['kind']): Expression {
  return { sql, kind, level: LEVEL.primary };
}

function argument({ name, args, offset }: Call, index: number): Expression {
  const found = args[index];
  if (found === undefined) throw new Unsupported(`${name} with too few arguments`, offset);
  return found;
}

/** A whole-number argument; below `least` the two databases differ. */
function constant(call: Call, index: number, least: number): number {
  const { sql, kind } = argument(call, index);
  if (kind === 'integer' && /^\d+$/.test(sql) && Number(sql) >= least) return Number(sql);
  throw new Unsupported(`${call.name} with ${sql}, where SQLite needs a constant from ${least}`, call.offset);
}

/** SQLite counts the characters of a text and the bytes of a blob, as Postgres does. */
function ofLength(call: Call): Expression {
  const value = argument(call, 0);
  if (value.kind !== 'blob') asText(value, call.offset);
  return plain(`length(${value.sql})`, 'integer');
}

function ofText(name: string, most: number): Translation {
  return (call) => {
    if (call.args.length > most || call.args.length === 0) {
      throw new Unsupported(`${call.name} with ${call.args.length} arguments`, call.offset);
    }
    return plain(`${name}(${call.args.map((arg) => asText(arg, call.offset).sql).join(', ')})`, 'text');
  };
}

function substring(call: Call): Expression {
  const value = argument(call, 0);
  const text = value.kind === 'blob' ? value : { ...asText(value, call.offset), kind: 'text' as const };
  const numbers = call.args.slice(1).map((_, index) => constant(call, index + 1, index === 0 ? 1 : 0));
  if (numbers.length === 0) throw new Unsupported(`${call.name} without a position`, call.offset);
  return plain(`substr(${[text.sql, ...numbers].join(', ')})`, text.kind);
}

function position(call: Call): Expression {
  const [text, part] = [argument(call, 0), argument(call, 1)].map((arg) => asText(arg, call.offset).sql);
  return plain(`instr(${text}, ${part})`, 'integer');
}

function counted({ args, name, offset }: Call, test: string): Expression {
  if (args.length === 0) throw new Unsupported(`${name} without arguments`, offset);
  const terms = args.map((arg) => `(${operand(arg, LEVEL.sum)} ${test})`);
  return { sql: terms.join(' + '), kind: 'integer', level: LEVEL.sum };
}
