import { z } from 'zod';
import type { StarRole } from '../../sources/query-facts.ts';
import { withOptions } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

const options = z.strictObject({
  results: z
    .boolean()
    .default(false)
    .describe('Whether a star for the result of the query itself and in RETURNING is told as well'),
});

const SAID: Readonly<Record<Exclude<StarRole, 'inside'>, string>> = {
  insert: 'one more column in the table makes it insert one value too many, or values into the wrong columns',
  'set-operation': 'one more column on one side makes the sides differ in their number of columns',
  result:
    'one more column in the table changes the type that the code gets, and is read whether it is needed or not',
  returning: 'one more column in the table changes the type that the code gets',
};

/** A star stands where the number and the order of columns count. */
export const querySelectStar = withOptions({
  severity: 'warning',
  summary: 'A `*` stands for columns whose number or order counts: in INSERT … SELECT, in a set operation.',
  options,
  check: (evidence, _facts, { results }) =>
    statementsOf(evidence).flatMap((placed) =>
      (placed.statement.facts?.stars ?? []).flatMap(({ role, start }) => {
        const isTold = results || role === 'insert' || role === 'set-operation';
        if (role === 'inside' || !isTold) return [];
        return [
          sightingAt(evidence, placed, start, {
            message: `${called(placed.statement)} leaves its columns to *`,
            cause: SAID[role],
            fix: 'write the columns',
          }),
        ];
      }),
    ),
});
