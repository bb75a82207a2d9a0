import { displayPath } from '../../git/path-bytes.ts';
import { excerpt } from '../../verdict/excerpt.ts';
import { atLine, type Rule } from '../rule.ts';

/** An HCL file is not as `atlas schema fmt` would leave it. */
export const schemaUnformatted: Rule = {
  severity: 'error',
  summary: 'An HCL file is not formatted as `dbcheck fmt` would leave it.',
  check: (evidence) => {
    if (evidence.kind !== 'format') return [];
    return evidence.files.flatMap(({ path, bytes, formatted }) => {
      if (formatted === null || formatted.equals(bytes)) return [];
      const { diff, line } = excerpt(bytes, formatted);
      return [
        {
          target: evidence.id,
          message: `${displayPath(path)} is not formatted`,
          location: atLine(path, line),
          cause: 'it differs from the form that atlas schema fmt gives it',
          diff,
          fix: `dbcheck fmt ${displayPath(path)} && git add ${displayPath(path)}`,
        },
      ];
    });
  },
};
