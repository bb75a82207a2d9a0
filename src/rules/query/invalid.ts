import { displayPath } from '../../git/path-bytes.ts';
import type { QueryFile } from '../../sources/query-file.ts';
import type { Evidence } from '../../verdict/evidence.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { placeIn } from './query-places.ts';

/** A file, or queries in files that are there. */
const ABSENT = 'while a configuration names what is not there, sqlc makes nothing of it';
const CAUSE = 'while one query is wrong, sqlc makes nothing of the whole configuration';

/** sqlc refuses a query, or would. */
export const queryInvalid: Rule = {
  severity: 'error',
  needsSteps: true,
  summary:
    'A query can not be read, or sqlc refuses it; the place is the exact one, or the one that sqlc names.',
  check: (evidence) => {
    if (evidence.kind === 'queries') return evidence.files.flatMap((file) => unreadable(evidence.id, file));
    return evidence.kind === 'refused' && evidence.step === 'sqlc' ? refused(evidence) : [];
  },
};

function refused({ id, problems, queryFiles }: Extract<Evidence, { kind: 'refused' }>): readonly Sighting[] {
  return problems
    .filter(({ path }) => queryFiles.includes(path) || path === id)
    .map(({ path, line, column, message }) => ({
      target: id,
      message: `sqlc refuses ${path === id ? '' : 'a query of '}${displayPath(id)}: ${message}`,
      location: { path, line, column },
      cause: path === id ? ABSENT : CAUSE,
      diff: null,
      fix: path === id ? 'give it what it names, or take that out of it' : 'correct it at this place',
    }));
}

function unreadable(target: string, file: QueryFile): readonly Sighting[] {
  const names = file.statements.flatMap(({ nameLine }) =>
    nameLine?.kind === 'broken'
      ? [{ start: nameLine.start, message: `the name line is broken: ${nameLine.problem}` }]
      : [],
  );
  return [...file.problems, ...names].map(({ start, message }) => ({
    target,
    message: `a query can not be read: ${message}`,
    location: placeIn(file, start),
    cause: CAUSE,
    diff: null,
    fix: 'correct it at this place',
  }));
}
