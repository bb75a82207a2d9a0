import type { Project } from '../../config/project.ts';
import { displayPath } from '../../git/path-bytes.ts';
import type { Observation } from '../finding.ts';
import { ignores } from '../ignoring.ts';
import type { Rule } from '../rule.ts';

/** An entry of `ignore` is idle; who judges a whole tree finds it. */
export const unusedIgnore: Rule = {
  severity: 'warning',
  summary: 'An entry of `ignore` suppresses nothing in a check of the whole tree.',
};

/**
 * Entries of `ignore` that suppress nothing: what they accepted is mended, or they are misspelt. Only where the whole
 * tree was judged is it known that an entry has nothing to suppress.
 *
 * @param observations all that the rules saw in the whole tree
 */
export function unusedIgnores(
  observations: readonly Observation[],
  { ignore, configFile, dir }: Pick<Project, 'ignore' | 'configFile' | 'dir'>,
): readonly Observation[] {
  return ignore
    .filter((entry) => entry.rule !== 'config/unused-ignore')
    .filter((entry) => !observations.some((observation) => ignores(entry, observation)))
    .map(({ rule, path, name, reason, place }) => ({
      rule: 'config/unused-ignore',
      target: configFile ?? dir,
      message: `an entry of \`ignore\` suppresses nothing: there is no ${rule} at ${displayPath(path)}${name === null ? '' : ` about ${displayPath(name)}`}`,
      location: { path: place.path, line: place.line ?? null, column: place.column ?? null },
      cause: `it was written because: ${displayPath(reason)}; what it accepted is gone, or its rule, path or name is not the one that is meant`,
      diff: null,
      fix: 'remove the entry, or correct it',
    }));
}
