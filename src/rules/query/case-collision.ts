import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';
import { nameOf, placeIn, sightingAt, statementsOf } from './query-places.ts';

/** Two names differ in the case of letters or in underscores alone. */
export const queryCaseCollision: Rule = {
  severity: 'error',
  summary: 'Two queries have names that differ only in upper and lower case.',
  check: (evidence) => {
    const seen = new Map<string, { readonly name: string; readonly place: string }>();
    return statementsOf(evidence).flatMap((placed) => {
      const { nameLine } = placed.statement;
      const name = nameOf(placed.statement);
      if (name === null || nameLine === null) return [];
      const key = name.toLowerCase();
      const first = seen.get(key);
      if (first === undefined) {
        const { path, line } = placeIn(placed.file, nameLine.start);
        seen.set(key, { name, place: `${displayPath(path)}:${line}` });
        return [];
      }
      if (first.name === name) return [];
      return [
        sightingAt(evidence, placed, nameLine.start, {
          message: `the names ${first.name} and ${name} differ only in upper and lower case`,
          cause: `the other one is at ${first.place}; sqlc starts the constants of both with a small letter, so that ${collide(first.name, name) ? 'the code does not compile' : 'nobody can tell them apart'}`,
          fix: 'rename one of the two',
        }),
      ];
    });
  },
};

/** sqlc's constant for a query is its name with a small first letter. */
function collide(left: string, right: string): boolean {
  return left.slice(1) === right.slice(1);
}
