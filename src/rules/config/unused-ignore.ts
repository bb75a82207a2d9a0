import type { Rule } from '../rule.ts';

/** An entry of `ignore` or a comment is idle; who judges a whole tree finds it. */
export const unusedIgnore: Rule = {
  severity: 'warning',
  summary: 'An entry of `ignore` or a comment `dbcheck-ignore` suppresses nothing, or names no rule.',
};
