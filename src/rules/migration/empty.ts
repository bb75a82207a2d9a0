import { displayPath } from '../../git/path-bytes.ts';
import { hasStatement } from '../../sources/migrations.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** What Atlas itself has no statement in: a file that its checksums leave out, and the mark of an empty schema. */
const MEANT_EMPTY = /^[ -~]*atlas:(?:sum +ignore|checkpoint)\b/;

/** A migration that does nothing. */
export const migrationEmpty: Rule = {
  severity: 'error',
  summary: 'A migration holds no statement.',
  check: (evidence) => {
    if (evidence.kind !== 'migrations') return [];
    const { dialect } = evidence.target;
    return evidence.files
      .filter(({ path }) => path.endsWith('.sql'))
      .filter(({ bytes }) => !MEANT_EMPTY.test(bytes.toString('latin1')) && !hasStatement(bytes, dialect))
      .map(({ path, bytes }) => ({
        target: evidence.id,
        message: `a migration of ${displayPath(evidence.id)} holds no statement`,
        location: wholeFile(path),
        cause:
          bytes.length === 0
            ? 'the file is empty, and Atlas counts it as applied all the same'
            : 'there are only comments in it, and Atlas counts it as applied all the same',
        diff: null,
        fix: 'write its statements, or remove it and regenerate: dbcheck fix',
      }));
  },
};
