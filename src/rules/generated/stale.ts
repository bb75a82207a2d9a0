import { excerpt } from '../../verdict/excerpt.ts';
import { causeOfDifference } from '../cause.ts';
import { atLine, type Rule } from '../rule.ts';
import { generatedOutputs } from './outputs.ts';

/** A generated file is not what its step makes of the tree. */
export const generatedStale: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'An sqlc schema or a generated file differs from the regeneration.',
  check: (evidence, facts) =>
    generatedOutputs(evidence).flatMap(({ output, maker, sources }) => {
      if (output.state !== 'stale') return [];
      const { diff, line } = excerpt(output.committed, output.regenerated);
      return [
        {
          target: evidence.id,
          message: `a generated file of ${evidence.id} is not what ${maker} makes`,
          location: atLine(output.path, line),
          cause: causeOfDifference(facts, sources, output.path),
          diff,
          fix: facts.fixCommand,
        },
      ];
    }),
};
