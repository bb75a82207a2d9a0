import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** An INSERT leaves it to the table which value goes where. */
export const queryInsertWithoutColumns: Rule = {
  severity: 'warning',
  summary: 'An INSERT does not name its columns.',
  check: (evidence) =>
    statementsOf(evidence).flatMap((placed) =>
      (placed.statement.facts?.positionalInserts ?? []).map(({ start, table }) =>
        sightingAt(evidence, placed, start, {
          message: `${called(placed.statement)} inserts into ${table} without naming the columns`,
          cause: 'its values go to the columns in the order of the table, which a migration can change',
          fix: `write the columns behind ${table}, in parentheses`,
        }),
      ),
    ),
};
