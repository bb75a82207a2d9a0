import type { Rule } from '../rule.ts';
import { tablePairs } from './pairs.ts';

/** A table stands in two dialects, and a column of it in one of them alone. */
export const parityColumnMissing: Rule = {
  severity: 'error',
  summary: 'A column stands in one dialect of a table and not in another.',
  check: (evidence) => {
    if (evidence.kind !== 'schema-parity') return [];
    return tablePairs(evidence).flatMap(({ here: has, there: lacks, table, other }) => {
      const names = new Set(other.columns.map(({ name }) => name));
      return table.columns
        .filter(({ name }) => !names.has(name))
        .map(({ name, location }) => ({
          target: lacks.id,
          message: `table ${table.name} of ${lacks.id} has no column ${name}, and that of ${has.id} has one`,
          location,
          name: `${table.name}.${name}`,
          cause: 'the same table is meant to have the same columns in each dialect',
          diff: null,
          fix: `add it to ${lacks.id}, or accept it in the configuration's ignore with a reason`,
        }));
    });
  },
};
