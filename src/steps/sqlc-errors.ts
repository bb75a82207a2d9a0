import { posix } from 'node:path';
import { CheckError } from '../errors.ts';
import type { SourceProblem } from './step-result.ts';

const POSITIONED = /^(.+?):(\d+):(\d+): (.+)$/;
/** Said without a position: the place is the configuration that asks for the files. */
const NO_QUERIES = /^error parsing queries: no queries contained in paths/;
const NO_SCHEMA = /^error parsing (?:queries|schema): (?:path error|no such)/;

/**
 * Turns what sqlc prints into problems at their place.
 *
 * @param dir the configuration's folder, which sqlc's paths are relative to
 * @param treeRoot the absolute folder that stands for the git root; it never shows in a message
 * @throws CheckError `sqlc-failed` where nothing in the text points at a source
 */
export function sqlcProblems(
  stderr: string,
  config: { readonly path: string; readonly dir: string },
  treeRoot: string,
): readonly SourceProblem[] {
  const text = stderr.replaceAll(`${treeRoot}/`, '').trim();
  const problems = text.split('\n').flatMap((line): SourceProblem[] => {
    const found = POSITIONED.exec(line);
    if (found !== null) {
      const message = found[4] ?? '';
      // sqlc's column of a syntax error counts from 0 and then adds 2: it stands one past the token's first letter.
      const column = Number(found[3]) - (message.startsWith('syntax error') ? 1 : 0);
      const path = posix.normalize(posix.join(config.dir, found[1] ?? ''));
      return [{ path, line: Number(found[2]), column: Math.max(1, column), message }];
    }
    if (NO_QUERIES.test(line) || NO_SCHEMA.test(line)) {
      return [{ path: config.path, line: 1, column: 1, message: line.replace(/^error parsing \w+: /, '') }];
    }
    return [];
  });
  if (problems.length === 0) {
    throw new CheckError('sqlc-failed', `sqlc could not generate from ${config.path}\n${text}`.trimEnd(), {
      place: { path: config.path },
      hint: /illegal UTF-8/.test(text)
        ? 'sqlc writes the name of a query file into the code: give it a name in UTF-8 with git mv'
        : `correct the configuration or what it reads, and see by hand: sqlc generate -f ${config.path}`,
    });
  }
  return problems;
}
