import type { Project } from '../config/project.ts';
import { displayPath } from '../git/path-bytes.ts';

/**
 * What the configuration leaves out of every verdict, for the summary of a run: a check that is switched off must not
 * look like one that passed.
 *
 * @param verifies whether the `verify` commands run
 */
export function switchedOff(project: Project, verifies: boolean): readonly string[] {
  const rules = [...project.rules].flatMap(([rule, { severity }]) =>
    severity === 'off' && project.named(`rules.${rule}`) ? [rule] : [],
  );
  const steps = project.steps.extract.kind === 'off' ? ['the step extract'] : [];
  const verify = project.verify.length > 0 && !verifies ? ['verify'] : [];
  const ignored = project.ignore.map(({ rule, path }) => `${rule} at ${displayPath(path)}`);
  return [...steps, ...verify, ...rules, ...ignored];
}
