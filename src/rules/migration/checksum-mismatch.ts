import { excerpt } from '../../verdict/excerpt.ts';
import { atLine, type Rule } from '../rule.ts';

/** `atlas.sum` does not fit the migrations, or is not what the step `plan` makes. */
export const checksumMismatch: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: '`atlas.sum` does not fit the migrations beside it.',
  check: (evidence, facts) => {
    if (evidence.kind !== 'database') return [];
    return evidence.migrations.flatMap((output) => {
      if (!output.path.endsWith('/atlas.sum')) return [];
      if (output.state !== 'stale' && output.state !== 'hand-edited') return [];
      const { diff, line } = excerpt(output.committed, output.regenerated);
      return [
        {
          target: evidence.id,
          message: `atlas.sum of ${evidence.id} does not fit the baseline that the schema makes`,
          location: atLine(output.path, line),
          cause:
            evidence.checksumFits === true
              ? 'it fits the migrations beside it, which are not what the schema makes'
              : 'it does not fit the migrations beside it: one of them changed without it, or it changed alone',
          diff,
          fix: facts.fixCommand,
        },
      ];
    });
  },
};
