import type { Rule } from '../rule.ts';

/** A command of `verify` fails; who runs them finds it. */
export const generatedUnverified: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A `verify` command fails on the tree with everything regenerated.',
};
