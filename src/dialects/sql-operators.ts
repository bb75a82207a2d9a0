import type { DialectName } from '../config/dialect-names.ts';
import type { SqlToken } from './sql-tokens.ts';

/** By dialect, what its scanner takes for one operator, the longest of those that start at a place. */
const OPERATORS: Readonly<Record<DialectName, RegExp>> = {
  // Extensions define operators of their own, so that no list has them all.
  postgres: /::|:=|\.\.|[-+*/<>=~!@#%^&|`?]+|./gsu,
  // The end of a comment that is executed, where another comment stands in it, is read as symbols.
  mysql: /\*\/|<=>|->>|->|<=|>=|<>|!=|<<|>>|\|\||&&|:=|@@|./gsu,
  sqlite: /->>|->|\|\||<<|>>|<=|>=|<>|!=|==|./gsu,
};
const SIGNS_AT_THE_END = /[+-]+$/;
/** Postgres takes signs at the end for the operand's, as in `a =-1`, unless the operator holds one of these. */
const KEEPS_SIGNS = /[~!@#%^&|`?]/;

/**
 * The texts of tokens, with symbols that a dialect's scanner reads as one operator as one text: `? @>` is not `?@>`.
 * Source for Postgres: its manual, "Lexical Structure", "Operators".
 */
export function* operatorsJoined(tokens: Iterable<SqlToken>, dialect: DialectName): Generator<string> {
  let run = '';
  let end = -1;
  for (const { kind, text, start, end: after } of tokens) {
    const follows = start === end;
    // In `a <@b` the operator is `<@`, and nothing is a parameter.
    const isOperator = kind === 'symbol' || (follows && dialect === 'postgres' && text.startsWith('@'));
    if (!follows || !isOperator) {
      yield* operatorsOf(run, dialect);
      run = '';
    }
    if (isOperator) run += text;
    else yield text;
    end = kind === 'symbol' ? after : -1;
  }
  yield* operatorsOf(run, dialect);
}

function operatorsOf(run: string, dialect: DialectName): readonly string[] {
  const found = run.match(OPERATORS[dialect]) ?? [];
  return dialect === 'postgres' ? found.flatMap(withoutSigns) : found;
}

function withoutSigns(operator: string): readonly string[] {
  const signs = SIGNS_AT_THE_END.exec(operator);
  if (signs === null || KEEPS_SIGNS.test(operator)) return [operator];
  const at = Math.max(signs.index, 1);
  return [operator.slice(0, at), ...operator.slice(at)];
}
