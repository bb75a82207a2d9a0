import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** sqlc makes code that passes no list, or one that the server can't take. */
export const queryLostSlice: Rule = {
  severity: 'error',
  summary: 'A `sqlc.slice()` stands where sqlc loses the list.',
  check: (evidence) => {
    if (evidence.kind !== 'queries') return [];
    const isPostgres = evidence.dialect === 'postgres';
    return statementsOf(evidence).flatMap((placed) =>
      (placed.statement.facts?.lostSlices ?? []).map((start) =>
        sightingAt(evidence, placed, start, {
          message: `the list of ${called(placed.statement)} is lost`,
          cause: isPostgres
            ? 'for Postgres sqlc writes `IN ($1)`, which takes one value and no list'
            : 'sqlc takes the type of a list from the column before IN; where something else stands there, its code has no argument for the list, and says nothing',
          fix: isPostgres
            ? 'write = ANY(sqlc.arg(NAME)::TYPE[])'
            : 'put the bare column before IN, and what is to be done with it into the list',
        }),
      ),
    );
  },
};
