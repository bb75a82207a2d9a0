import { CheckError, type Place } from '../errors.ts';

/** One thing that is wrong in a configuration. */
export interface ConfigProblem {
  readonly place: Place;
  /** One sentence without a final stop. */
  readonly text: string;
}

/** How the errors of one kind of configuration are named. */
export interface ProblemKind {
  /** The code of the error that is thrown. */
  readonly code: string;
  /** The next step that the error names. */
  readonly hint: string;
}

/**
 * All problems of a file as one error: the first one's place is the error's, each later line begins with its own.
 *
 * @param problems at least one, in any order
 */
export function problemsError(problems: readonly ConfigProblem[], { code, hint }: ProblemKind): CheckError {
  const sorted = problems.toSorted(
    ({ place: a }, { place: b }) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const lines = sorted.map(({ place, text }, index) =>
    index === 0 ? text : `${place.path}:${place.line ?? 1}:${place.column ?? 1}: ${text}`,
  );
  return new CheckError(code, [...new Set(lines)].join('\n'), { place: sorted[0]?.place, hint });
}
