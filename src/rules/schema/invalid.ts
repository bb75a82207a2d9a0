import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';

/** A file is not HCL, Atlas refuses what it says, or sqlc a schema. */
export const schemaInvalid: Rule = {
  severity: 'error',
  summary: 'A schema is not HCL, or a generator refuses it; the place is the one it names.',
  check: (evidence) => {
    if (evidence.kind === 'schema') {
      return evidence.model.files.flatMap(({ path, problem }) =>
        problem === null
          ? []
          : [
              {
                target: evidence.id,
                message: `${displayPath(path)} is not HCL: ${problem.message}`,
                location: problem.location,
                cause: 'what it defines can not be told, so no rule has judged this schema',
                diff: null,
                fix: 'correct it at this place',
              },
            ],
      );
    }
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
