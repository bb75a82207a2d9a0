import { sqlTokens } from '../../dialects/sql-tokens.ts';
import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** A `@name` of MySQL is a variable of the session, where other dialects have a parameter. */
export const queryUserVariable: Rule = {
  severity: 'warning',
  summary: 'For MySQL, a `@name` that nothing sets is read: it is no parameter, and is NULL.',
  check: (evidence) => {
    if (evidence.kind !== 'queries' || evidence.dialect !== 'mysql') return [];
    return statementsOf(evidence).flatMap((placed) => {
      const { text, start } = placed.statement;
      if (!text.includes('@')) return [];
      const tokens = [...sqlTokens(text, 'mysql')].filter(({ kind }) => kind !== 'comment');
      // A query that sets a variable knows what it is.
      const sets = tokens.some((token, index) => token.text === ':' && tokens[index + 1]?.text === '=');
      const variable = tokens.find((token) => token.kind === 'parameter' && /^@[A-Za-z_]/.test(token.text));
      if (sets || variable === undefined) return [];
      return [
        sightingAt(evidence, placed, start + variable.start, {
          message: `${called(placed.statement)} reads the variable ${variable.text}, which it does not set`,
          cause:
            'for MySQL a @name is a variable of the session and no parameter: sqlc passes nothing for it, and it is NULL',
          fix: `write sqlc.arg(${variable.text.slice(1)})`,
        }),
      ];
    });
  },
};
