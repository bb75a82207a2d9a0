import type { DialectName } from '../config/dialect-names.ts';
import type { SqlToken } from './sql-tokens.ts';

/**
 * What MySQL and sqlc's parser for it take for a function where the parenthesis follows at once, and else for a name.
 * Sources: `SYM_FN` in MySQL's `lex.h`, `btFuncTokenMap` in TiDB's parser.
 */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `adddate approx_count_distinct approx_percentile bit_and bit_or bit_xor cast count curdate curtime date_add date_sub
  extract group_concat json_arrayagg json_objectagg max mid min now position session_user st_collect std stddev stddev_pop
  stddev_samp subdate substr substring sum sysdate system_user translate trim var_pop var_samp variance`.split(
    /\s+/,
  ),
);

/**
 * The tokens whose meaning goes by the white space before them, as their numbers: for Postgres, strings that go on
 * behind the end of a line, for MySQL the parentheses of some functions.
 *
 * @param tokens all of the text, comments included
 */
export function spacesThatCount(
  text: string,
  tokens: readonly SqlToken[],
  dialect: DialectName,
): readonly number[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    if (before === undefined) return [];
    const counts =
      dialect === 'postgres'
        ? before.kind === 'string' &&
          token.kind === 'string' &&
          /[\n\r]/.test(text.slice(before.end, token.start))
        : dialect === 'mysql' &&
          token.text === '(' &&
          before.end === token.start &&
          FUNCTIONS.has(before.text.toLowerCase());
    return counts ? [index] : [];
  });
}
