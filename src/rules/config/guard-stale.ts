import type { Rule } from '../rule.ts';

/** A guard in a hook does not watch what the configuration names; the hooks' own code finds it. */
export const guardStale: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: "A hook's guard lacks a path that the configuration names; run `dbcheck init` again.",
};
