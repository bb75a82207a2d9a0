import type { CheckError } from '../errors.ts';
import { fullDiskHint } from '../process/full-disk.ts';
import type { ReportedError } from '../report/judgement.ts';

/** An error as data, for a report. Whatever ran into a full disk, the next step is to make room. */
export function reportedError(error: CheckError): ReportedError {
  const { place, cause } = error;
  const isNamed = error.code === 'write-failed' || (cause instanceof Error && 'path' in cause);
  return {
    code: error.code,
    message: error.message,
    location:
      place === undefined
        ? null
        : { path: place.path, line: place.line ?? null, column: place.column ?? null },
    hint: fullDiskHint(error.message, isNamed) ?? error.hint ?? null,
  };
}
