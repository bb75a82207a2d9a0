import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';

/** What Go's scanner of lines can hold, which sqlc reads files by. */
const LIMIT = 64 * 1024;

/** A line is longer than sqlc reads. */
export const queryLineTooLong: Rule = {
  severity: 'error',
  summary: 'A line of a query file or a schema that sqlc reads has 64 KiB or more.',
  check: (evidence) => {
    if (evidence.kind !== 'queries') return [];
    const at = (path: string, line: number, isSchema: boolean): Sighting => ({
      target: evidence.id,
      message: `a line of ${displayPath(path)} has 64 KiB or more`,
      location: { path, line, column: 1 },
      cause: isSchema
        ? 'sqlc stops reading a schema at such a line, and says nothing of what follows it'
        : 'sqlc refuses such a line as a token that is too long',
      diff: null,
      fix: 'break the line',
    });
    return [
      ...evidence.files.flatMap(({ path, bytes }) => longLines(bytes).map((line) => at(path, line, false))),
      ...evidence.schemas.flatMap(({ path, bytes }) => longLines(bytes).map((line) => at(path, line, true))),
    ];
  },
};

/** The numbers of the lines that are too long even without the semicolon at their end. */
function longLines(bytes: Buffer): readonly number[] {
  if (bytes.length < LIMIT) return [];
  const found: number[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (end - start > LIMIT) found.push(line);
    start = end + 1;
  }
  return found;
}
