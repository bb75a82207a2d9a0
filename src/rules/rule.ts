import type { Evidence, RuleFacts } from '../verdict/evidence.ts';
import type { Observation } from './finding.ts';

/** A rule: from what is known of a target to what there is to say about it. Never reads anything itself. */
export type Rule = (evidence: Evidence, facts: RuleFacts) => readonly Observation[];

/** A location that means a whole file. */
export function wholeFile(path: string): Observation['location'] {
  return { path, line: null, column: null };
}

/** The start of a line; a line that is not known means the whole file. */
export function atLine(path: string, line: number | null): Observation['location'] {
  return { path, line, column: line === null ? null : 1 };
}
