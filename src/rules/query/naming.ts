import { z } from 'zod';
import { withOptions } from '../rule.ts';
import { nameOf, sightingAt, statementsOf } from './query-places.ts';

const options = z.strictObject({
  pattern: z
    .string()
    .default('^[A-Z][A-Za-z0-9]*$')
    .describe('A regular expression that every name matches')
    .refine(isRegularExpression, 'is no regular expression'),
  verbs: z
    .array(z.string().min(1))
    .default([])
    .describe('The words that a name may start with, such as `Get` and `List`; empty for any'),
});

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** A query's name is not one that Go and the project's readers expect. */
export const queryNaming = withOptions({
  severity: 'warning',
  summary: 'The name of a query is not in Pascal case, or starts with none of the given verbs.',
  options,
  check: (evidence, _facts, { pattern, verbs }) => {
    const expected = new RegExp(pattern, 'u');
    return statementsOf(evidence).flatMap((placed) => {
      const { nameLine } = placed.statement;
      const name = nameOf(placed.statement);
      if (name === null || nameLine === null) return [];
      const said = expected.test(name)
        ? verbs.length === 0 || verbs.some((verb) => startsWithWord(name, verb))
          ? null
          : {
              message: `the name ${name} starts with none of ${verbs.join(', ')}`,
              cause: 'the configuration asks for one of these verbs',
            }
        : { message: `the name ${name} does not match ${pattern}`, cause: causeOf(name) };
      return said === null
        ? []
        : [
            sightingAt(evidence, placed, nameLine.start, {
              ...said,
              fix: 'rename it here and in the code that calls it',
            }),
          ];
    });
  },
});

function causeOf(name: string): string {
  return /^[a-z_]/.test(name)
    ? 'sqlc makes a method of that very name, which Go exports only where it starts with a capital letter'
    : 'sqlc makes a method of that very name';
}

/** `GetUser` starts with the word Get, `Getaway` does not. */
function startsWithWord(name: string, verb: string): boolean {
  return name.startsWith(verb) && !/^\p{Ll}/u.test(name.slice(verb.length));
}
