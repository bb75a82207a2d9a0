import { excerpt } from '../../verdict/excerpt.ts';
import { atLine, type Rule } from '../rule.ts';
import { generatedOutputs } from './outputs.ts';

/** Somebody edited a generated file: its sources still make what HEAD has. */
export const generatedHandEdited: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'HEAD has what the generator makes, and the snapshot has an edited copy.',
  check: (evidence, facts) =>
    generatedOutputs(evidence).flatMap(({ output, maker }) => {
      if (output.state !== 'hand-edited') return [];
      const { diff, line } = excerpt(output.committed, output.regenerated);
      return [
        {
          target: evidence.id,
          message: `a generated file of ${evidence.id} was edited by hand`,
          location: atLine(output.path, line),
          cause: `${maker} still makes what HEAD has; the next regeneration would lose the edit`,
          diff,
          fix: facts.fixCommand,
        },
      ];
    }),
};
