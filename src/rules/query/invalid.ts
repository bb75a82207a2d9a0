import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';

/** sqlc refuses a query. */
export const queryInvalid: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'sqlc refuses a query; the place is the one it names.',
  check: (evidence) => {
    if (evidence.kind !== 'refused' || evidence.step !== 'sqlc') return [];
    return evidence.problems
      .filter(({ path }) => evidence.queryFiles.includes(path) || path === evidence.id)
      .map(({ path, line, column, message }) => ({
        target: evidence.id,
        message: `sqlc refuses ${path === evidence.id ? '' : 'a query of '}${displayPath(evidence.id)}: ${message}`,
        location: { path, line, column },
        cause: 'while one query is wrong, sqlc makes nothing of the whole configuration',
        diff: null,
        fix: 'correct it at this place',
      }));
  },
};
