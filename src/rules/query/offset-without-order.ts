import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** Pages of rows in no order: a row can be on two of them, or on none. */
export const queryOffsetWithoutOrder: Rule = {
  severity: 'warning',
  summary: 'A selection has OFFSET and no ORDER BY.',
  check: (evidence) =>
    statementsOf(evidence).flatMap((placed) =>
      (placed.statement.facts?.unorderedOffsets ?? []).map((start) =>
        sightingAt(evidence, placed, start, {
          message: `${called(placed.statement)} skips rows of no order`,
          cause:
            'without ORDER BY the server may give rows in another order each time, so that pages repeat some and miss others',
          fix: 'add an ORDER BY that ends in a unique column',
        }),
      ),
    ),
};
