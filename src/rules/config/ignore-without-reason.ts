import type { Rule } from '../rule.ts';

/** A comment that is to accept a finding and does not say why; it accepts nothing. */
export const ignoreWithoutReason: Rule = {
  severity: 'error',
  summary: 'A comment `dbcheck-ignore` gives no reason, and accepts nothing.',
  check: (evidence) =>
    evidence.kind !== 'ignore-comments'
      ? []
      : evidence.comments
          .filter(({ reason }) => reason === null)
          .map(({ path, line, column, rule }) => ({
            target: evidence.id,
            message: 'a comment dbcheck-ignore gives no reason',
            location: { path, line, column },
            cause: 'without one nobody can tell later whether it still holds, so it accepts nothing',
            diff: null,
            fix: `write why: dbcheck-ignore ${rule === '' ? 'RULE' : rule}: REASON`,
          })),
};
