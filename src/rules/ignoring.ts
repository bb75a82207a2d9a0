import { globMatcher } from '../config/glob.ts';
import type { IgnoreEntry } from '../config/project.ts';
import type { Sighting } from './sighting.ts';

/** Whether an entry of `ignore` is about what a rule saw. */
export function ignores({ rule, path, name }: IgnoreEntry, sighting: Sighting & { rule: string }): boolean {
  return (
    rule === sighting.rule &&
    (name === null || name === sighting.name) &&
    globMatcher(path)(sighting.location.path)
  );
}
