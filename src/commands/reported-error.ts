import type { CheckError } from '../errors.ts';
import type { ReportedError } from '../report/judgement.ts';

/** An error as data, for a report. */
export function reportedError(error: CheckError): ReportedError {
  const { place } = error;
  return {
    code: error.code,
    message: error.message,
    location:
      place === undefined
        ? null
        : { path: place.path, line: place.line ?? null, column: place.column ?? null },
    hint: error.hint ?? null,
  };
}
