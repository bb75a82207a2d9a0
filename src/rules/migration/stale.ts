import { excerpt } from '../../verdict/excerpt.ts';
import { causeOfDifference } from '../cause.ts';
import { atLine, type Rule } from '../rule.ts';

/** The baseline is not what the schema makes. */
export const migrationStale: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A baseline is not what Atlas plans from the schema.',
  check: (evidence, facts) => {
    if (evidence.kind !== 'database') return [];
    return evidence.migrations.flatMap((output) => {
      if (output.path !== evidence.baseline) return [];
      if (output.state !== 'stale' && output.state !== 'hand-edited') return [];
      const { diff, line } = excerpt(output.committed, output.regenerated);
      const cause =
        output.state === 'hand-edited'
          ? 'it was edited by hand: the schema still makes what HEAD has'
          : causeOfDifference(facts, evidence.target.schemaFiles, output.path);
      return [
        {
          target: evidence.id,
          message: `the ${evidence.id} baseline does not match the schema`,
          location: atLine(output.path, line),
          cause,
          diff,
          fix: facts.fixCommand,
        },
      ];
    });
  },
};
