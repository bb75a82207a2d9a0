import { type Rule, wholeFile } from '../rule.ts';
import { generatedOutputs } from './outputs.ts';

/** A step makes a file that the tree lacks. */
export const generatedMissing: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A step makes a file, and the snapshot lacks it.',
  check: (evidence, facts) =>
    generatedOutputs(evidence).flatMap(({ output, maker }) =>
      output.state !== 'missing'
        ? []
        : [
            {
              target: evidence.id,
              message: `a generated file of ${evidence.id} is not there`,
              location: wholeFile(output.path),
              cause: facts.changed.has(output.path)
                ? `it was deleted, and ${maker} still makes it`
                : `${maker} makes it, and it was never added`,
              diff: null,
              fix: facts.fixCommand,
            },
          ],
    ),
};
