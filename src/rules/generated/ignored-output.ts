import { displayPath } from '../../git/path-bytes.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** Git ignores a file that a step makes, so that nobody adds it. */
export const ignoredOutput: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'Git ignores a file that a step makes and the snapshot lacks.',
  check: (evidence) => {
    if (evidence.kind !== 'ignored-outputs') return [];
    const { paths, pattern, source } = evidence;
    const [first = ''] = paths;
    const what =
      paths.length === 1
        ? displayPath(first)
        : `${displayPath(first)} and ${paths.length - 1} more generated files`;
    return [
      {
        target: evidence.id,
        message: `git ignores ${what} of ${displayPath(evidence.id)}`,
        location: evidence.location ?? wholeFile(first),
        cause: `the pattern ${displayPath(pattern)} of ${displayPath(source)} fits, so that git add passes over what the steps make`,
        diff: null,
        fix: 'take the pattern away or narrow it, so that generated files can be committed',
      },
    ];
  },
};
