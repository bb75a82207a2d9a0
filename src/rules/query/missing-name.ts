import type { Rule } from '../rule.ts';
import { sightingAt, statementsOf } from './query-places.ts';

/** A statement has no name, and sqlc drops it in silence. */
export const queryMissingName: Rule = {
  severity: 'error',
  summary: 'A statement of a query file has no name line.',
  check: (evidence) =>
    statementsOf(evidence).flatMap((placed) => {
      const { nameLine, start } = placed.statement;
      if (nameLine?.kind === 'name' || nameLine?.kind === 'broken') return [];
      const isMeant = nameLine?.kind === 'overlooked';
      return [
        sightingAt(evidence, placed, isMeant ? nameLine.start : start, {
          message: isMeant ? 'sqlc does not see the name of this query' : 'a statement has no name',
          cause:
            `${isMeant ? `${nameLine.problem}, and` : 'sqlc'} makes no code of a statement without a name, and says nothing`.replace(
              ', and makes',
              ', and it makes',
            ),
          fix: isMeant
            ? 'start the line with `-- name: `, at the first column'
            : 'put `-- name: NAME :COMMAND` above it, or delete it',
        }),
      ];
    }),
};
