import { posix } from 'node:path';
import type { SqlcConfig, SqlcEntry } from '../config/sqlc-config.ts';
import { CheckError } from '../errors.ts';
import type { SourceProblem } from './step-result.ts';

const POSITIONED = /^(.+?):(\d+):(\d+): (.+)$/;
/** What the parser that sqlc has for SQLite says by itself, and sqlc repeats with the file's name and 1:1. Columns count from 0. */
const PARSER_SAYS = /^line (\d+):(\d+) (.+)$/;
/** The words that it would have taken: nearly all of SQL. */
const EXPECTED_WORDS = / expecting \{.*\}$/;
/** Said without a position: the place is the configuration that asks for the files. */
const NO_QUERIES = /^error parsing queries: no queries contained in paths/;
const NO_SCHEMA = /^error parsing (?:queries|schema): (?:path error|no such)/;

type EntryInputs = Pick<SqlcEntry, 'schema' | 'queries' | 'place'>;

/**
 * Turns what sqlc prints into problems at their place.
 *
 * @param config `dir`: its folder, which sqlc's paths are relative to; `entries`: what each of them reads
 * @param treeRoot the absolute folder that stands for the git root; it never shows in a message
 * @throws CheckError `sqlc-failed` where nothing in the text points at a source
 */
export function sqlcProblems(
  stderr: string,
  config: Pick<SqlcConfig, 'path' | 'dir'> & { readonly entries: readonly EntryInputs[] },
  treeRoot: string,
): readonly SourceProblem[] {
  const text = stderr.replaceAll(`${treeRoot}/`, '').trim();
  const lines = text.split('\n');
  const parserPlace = parserPlaces(lines);
  const problems = lines.flatMap((line): SourceProblem[] => {
    const found = POSITIONED.exec(line);
    if (found !== null) {
      const message = found[4] ?? '';
      // sqlc's column of a syntax error counts from 0 and then adds 2: it stands one past the token's first letter.
      const column = Number(found[3]) - (message.startsWith('syntax error') ? 1 : 0);
      const path = posix.normalize(posix.join(config.dir, found[1] ?? ''));
      const place = found[2] === '1' && found[3] === '1' ? parserPlace(message) : undefined;
      if (place !== undefined) return [{ path, ...place, message: message.replace(EXPECTED_WORDS, '') }];
      return [{ path, line: Number(found[2]), column: Math.max(1, column), message }];
    }
    if (NO_QUERIES.test(line) || NO_SCHEMA.test(line)) {
      const message = line.replace(/^error parsing \w+: /, '');
      const { line: at = 1, column = 1 } = askingEntry(config.entries, message)?.place ?? {};
      return [{ path: config.path, line: at, column, message }];
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

/** The entry that names a path which a message is about. */
function askingEntry(entries: readonly EntryInputs[], message: string): EntryInputs | undefined {
  const words = new Set(message.split(/[\s:,]+/).map((word) => posix.normalize(word)));
  return entries.find(({ schema, queries }) => [...schema, ...queries].some((path) => words.has(path)));
}

/** Gives each place that a parser has told once, by what it says there; the files are in the order of sqlc's own lines. */
function parserPlaces(
  lines: readonly string[],
): (message: string) => Pick<SourceProblem, 'line' | 'column'> | undefined {
  const told = lines.flatMap((text) => {
    const found = PARSER_SAYS.exec(text);
    if (found === null) return [];
    return [{ message: found[3], line: Number(found[1]), column: Number(found[2]) + 1 }];
  });
  return (message) => {
    const index = told.findIndex((place) => place.message === message);
    const place = told[index];
    if (place === undefined) return undefined;
    told.splice(0, index + 1);
    return { line: place.line, column: place.column };
  };
}
