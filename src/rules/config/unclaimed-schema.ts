import type { Rule } from '../rule.ts';

/** HCL in the folder of the schemas that is no database's: whoever lays the project out finds it. */
export const unclaimedSchema: Rule = {
  severity: 'warning',
  needsSteps: true,
  summary: 'An HCL file among the schemas is no schema of a database, so that nothing is made from it.',
};
