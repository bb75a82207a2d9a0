import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { dialectPairs } from './pairs.ts';

/** Commands that only some engines have. */
const EXEMPT = /^:(copyfrom|batch\w+)$/;

/** From how many on it is told once that most of the queries are missing. */
const MANY = 10;

/** A query stands in one dialect's configuration and not in another's. */
export const parityQueryMissing: Rule = {
  severity: 'error',
  summary: 'A query stands in one dialect of a package and not in another.',
  check: (evidence) => {
    if (evidence.kind !== 'query-parity') return [];
    return dialectPairs(evidence.dialects).flatMap(([has, lacks]): readonly Sighting[] => {
      const names = new Set(lacks.queries.map(({ name }) => name));
      const asked = has.queries.filter(({ command }) => !EXEMPT.test(command));
      const missing = asked.filter(({ name }) => !names.has(name));
      const common = {
        target: lacks.id,
        cause: 'code that runs on each dialect needs the same queries in each',
        diff: null,
      };
      if (missing.length >= MANY && missing.length > asked.length / 2) {
        const [first, second] = missing.map(({ name }) => name);
        return [
          {
            ...common,
            message: `${missing.length} of the ${asked.length} queries for ${has.dialect} are missing for ${lacks.dialect}: ${first}, ${second}, …`,
            location: { path: lacks.id, line: null, column: null },
            fix: `write them for ${lacks.dialect}, or accept it in the configuration's ignore with a reason`,
          },
        ];
      }
      return missing.map(({ name, location }) => ({
        ...common,
        message: `there is no query ${name} for ${lacks.dialect}, and there is one for ${has.dialect}`,
        location,
        name,
        fix: `write it for ${lacks.dialect}, or accept it in the configuration's ignore with a reason`,
      }));
    });
  },
};
