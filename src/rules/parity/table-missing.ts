import type { Rule } from '../rule.ts';
import { dialectPairs } from './pairs.ts';

/** A table stands in one dialect's schema of a database and not in another's. */
export const parityTableMissing: Rule = {
  severity: 'error',
  summary: 'A table stands in one dialect of a database and not in another.',
  check: (evidence) => {
    if (evidence.kind !== 'schema-parity') return [];
    return dialectPairs(evidence.dialects).flatMap(([has, lacks]) => {
      const names = new Set(lacks.model.tables.map(({ name }) => name));
      return has.model.tables
        .filter(({ name }) => !names.has(name))
        .map(({ name, location }) => ({
          target: lacks.id,
          message: `${lacks.id} has no table ${name}, and ${has.id} has one`,
          location,
          name,
          cause: 'the same database is meant to have the same tables in each dialect',
          diff: null,
          fix: `add it to ${lacks.id}, or accept it in the configuration's ignore with a reason`,
        }));
    });
  },
};
