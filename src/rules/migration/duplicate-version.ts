import { basename } from 'node:path/posix';
import { displayPath } from '../../git/path-bytes.ts';
import { migrationVersion } from '../../plan/baseline.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** Two migrations of one folder carry the same version. */
export const duplicateVersion: Rule = {
  severity: 'error',
  summary: 'Two migrations of a folder have the same version.',
  check: (evidence) => {
    if (evidence.kind !== 'migrations') return [];
    const first = new Map<string, string>();
    return evidence.files.flatMap(({ path }) => {
      const version = migrationVersion(path);
      if (version === null) return [];
      const other = first.get(version);
      if (other === undefined) {
        first.set(version, path);
        return [];
      }
      return [
        {
          target: evidence.id,
          message: `two migrations of ${displayPath(evidence.id)} have the version ${displayPath(version)}`,
          location: wholeFile(path),
          cause: `${displayPath(basename(other))} has it too, and a database that has applied that one counts this one as applied`,
          diff: null,
          fix: 'give one of them a later version, then: dbcheck fix',
        },
      ];
    });
  },
};
