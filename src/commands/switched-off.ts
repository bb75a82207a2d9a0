import { LINT_BASELINE } from '../config/lint-baseline-name.ts';
import type { Project } from '../config/project.ts';
import { displayPath } from '../git/path-bytes.ts';
import { counted } from '../report/printable.ts';

/**
 * What the configuration leaves out of every verdict, for the summary of a run: a check that is switched off must not
 * look like one that passed.
 *
 * @param run `verifies`: whether the `verify` commands run; `known`: how many findings the lint baseline holds back
 */
export function switchedOff(
  project: Project,
  { verifies, known }: { readonly verifies: boolean; readonly known: number },
): readonly string[] {
  const rules = [...project.rules].flatMap(([rule, { severity }]) =>
    severity === 'off' && project.named(`rules.${rule}`) ? [rule] : [],
  );
  const steps = project.steps.extract.kind === 'off' ? ['the step extract'] : [];
  const verify = project.verify.length > 0 && !verifies ? ['verify'] : [];
  const ignored = project.ignore.map(({ rule, path }) => `${rule} at ${displayPath(path)}`);
  const baseline = known === 0 ? [] : [`${counted(known, 'known finding')} in ${LINT_BASELINE}`];
  return [...steps, ...verify, ...rules, ...ignored, ...baseline];
}
