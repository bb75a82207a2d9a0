import type { Rule } from '../rule.ts';

/** Atlas refuses the HCL, or sqlc a schema. */
export const schemaInvalid: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A generator refuses a schema; the place is the one it names.',
  check: (evidence) => {
    if (evidence.kind !== 'refused') return [];
    const generator = { plan: 'Atlas', convert: 'the conversion', sqlc: 'sqlc' }[evidence.step];
    return evidence.problems
      .filter(
        ({ path }) =>
          evidence.step !== 'sqlc' || !(evidence.queryFiles.includes(path) || path === evidence.id),
      )
      .map(({ path, line, column, message }) => ({
        target: evidence.id,
        message: `${generator} refuses the schema: ${message}`,
        location: { path, line, column },
        cause: 'nothing can be made of a schema that is wrong, so the rest of this target was not compared',
        diff: null,
        fix: 'correct it at this place',
      }));
  },
};
