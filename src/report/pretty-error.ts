import type { ReportedError } from './judgement.ts';
import { prettyClaim, prettyNote, prettyPlace } from './pretty-finding.ts';
import type { Colors } from './pretty-style.ts';

/** The gutter of a diagnostic without an excerpt. */
const GUTTER = 2;

/** Why something could not be checked: claim, place and the next step. */
export function prettyError(error: ReportedError, colors: Colors): readonly string[] {
  return [
    ...prettyClaim('error', error.code, error.message, colors),
    ...(error.location === null ? [] : [prettyPlace(error.location, colors)]),
    ...(error.hint === null ? [] : prettyNote('next', error.hint, GUTTER, colors)),
  ];
}
