import { globMatcher } from '../config/glob.ts';
import type { IgnoreEntry } from '../config/project.ts';
import type { Observation } from './finding.ts';

/** Whether an entry of `ignore` is about what a rule saw. */
export function ignores({ rule, path, name }: IgnoreEntry, observation: Observation): boolean {
  return (
    rule === observation.rule &&
    (name === null || name === observation.name) &&
    globMatcher(path)(observation.location.path)
  );
}
