import type { QueryParameter } from '../../sources/query-parameters.ts';
import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** sqlc gives SQLite a number for a parameter that another value stands at when the query runs. */
export const queryParameterOrder: Rule = {
  severity: 'error',
  summary: 'For SQLite, a named parameter stands where its number means another value.',
  check: (evidence) => {
    if (evidence.kind !== 'queries' || evidence.dialect !== 'sqlite') return [];
    return statementsOf(evidence).flatMap((placed) => {
      const found = misnumbered(placed.statement.parameters);
      if (found === null) return [];
      const { parameter, because } = found;
      return [
        sightingAt(evidence, placed, parameter.start, {
          message: `${called(placed.statement)} binds ${because === 'slice' ? `its parameter ${parameter.name ?? ''}` : 'its parameters'} to the wrong values`,
          cause:
            because === 'slice'
              ? 'sqlc numbers it as if the list before it were one value, and each value of the list takes a number'
              : 'sqlc numbers the named ones behind every `?`, and passes the arguments in the order in which they stand',
          fix:
            because === 'slice'
              ? 'put sqlc.slice() behind every other parameter'
              : 'name all of them with sqlc.arg()',
        }),
      ];
    });
  },
};

/** The first parameter whose number is not that of the value that the code passes for it. */
function misnumbered(
  parameters: readonly QueryParameter[],
): { readonly parameter: QueryParameter; readonly because: 'slice' | 'mixed' } | null {
  const named = new Set<string>();
  let afterSlice = false;
  for (const parameter of parameters) {
    const { form, name } = parameter;
    if (form === 'slice') afterSlice = true;
    else if (form === 'anonymous' && named.size > 0) return { parameter, because: 'mixed' };
    else if (name !== null && !named.has(name)) {
      if (afterSlice) return { parameter, because: 'slice' };
      named.add(name);
    }
  }
  return null;
}
