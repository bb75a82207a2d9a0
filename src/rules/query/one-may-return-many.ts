import { isOfOneRow } from '../../sources/query-names.ts';
import { unpinnedTables } from '../../sources/row-pinning.ts';
import type { Rule } from '../rule.ts';
import { called, sightingAt, statementsOf } from './query-places.ts';

/** A query for one row can give several, of which the code takes any. */
export const queryOneMayReturnMany: Rule = {
  severity: 'warning',
  summary: 'A `:one` query can give several rows: nothing unique is asked for, and there is no LIMIT 1.',
  check: (evidence) =>
    statementsOf(evidence).flatMap((placed) => {
      const { facts, nameLine } = placed.statement;
      if (evidence.kind !== 'queries' || facts === null || nameLine?.kind !== 'name' || !isOfOneRow(nameLine))
        return [];
      const unpinned = evidence.tables === null ? [] : unpinnedTables(facts.rows, evidence.tables);
      const isSeveral = facts.rows.kind === 'several';
      if (!isSeveral && unpinned.length === 0) return [];
      const tables = unpinned.map(({ name }) => name).join(' and ');
      return [
        sightingAt(evidence, placed, nameLine.start, {
          message: `${called(placed.statement)} is ${nameLine.command} and can give several rows`,
          cause: isSeveral
            ? 'it inserts several rows; the code takes the first one and drops the others'
            : `its conditions give no whole unique key of ${tables}; the code takes whichever row comes first`,
          fix:
            facts.verb === 'select'
              ? 'ask for a unique key, add LIMIT 1 with an ORDER BY, or make it :many'
              : 'make it :many',
        }),
      ];
    }),
};
