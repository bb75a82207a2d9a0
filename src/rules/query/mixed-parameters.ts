import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** A query has numbered parameters and named ones. */
export const queryMixedParameters: Rule = {
  severity: 'warning',
  summary: 'A query has both numbered and named parameters.',
  check: (evidence) => {
    if (evidence.kind !== 'queries' || evidence.dialect !== 'postgres') return [];
    return statementsOf(evidence).flatMap((placed) => {
      const { parameters } = placed.statement;
      const [first] = parameters;
      const other = parameters.find(({ form }) => (form === 'numbered') !== (first?.form === 'numbered'));
      if (first === undefined || other === undefined) return [];
      return [
        sightingAt(evidence, placed, other.start, {
          message: `${called(placed.statement)} has numbered and named parameters`,
          cause:
            'sqlc gives the named ones the numbers that are left, so that the arguments of the code are in an order that the query does not show',
          fix: 'name all of them with sqlc.arg(), or number all of them',
        }),
      ];
    });
  },
};
