import type { Rule } from '../rule.ts';
import { dialectPairs } from './pairs.ts';

/** Commands that only some engines have. */
const EXEMPT = /^:(copyfrom|batch\w+)$/;

/** A query stands in one dialect's configuration and not in another's. */
export const parityQueryMissing: Rule = {
  severity: 'error',
  summary: 'A query stands in one dialect of a package and not in another.',
  check: (evidence) => {
    if (evidence.kind !== 'query-parity') return [];
    return dialectPairs(evidence.dialects).flatMap(([has, lacks]) => {
      const names = new Set(lacks.queries.map(({ name }) => name));
      return has.queries
        .filter(({ name, command }) => !names.has(name) && !EXEMPT.test(command))
        .map(({ name, location }) => ({
          target: lacks.id,
          message: `there is no query ${name} for ${lacks.dialect}, and there is one for ${has.dialect}`,
          location,
          name,
          cause: 'code that runs on each dialect needs the same queries in each',
          diff: null,
          fix: `write it for ${lacks.dialect}, or accept it in the configuration's ignore with a reason`,
        }));
    });
  },
};
