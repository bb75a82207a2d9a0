import { nearestName } from '../config/nearest-name.ts';
import type { Project } from '../config/project.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { IgnoreComment } from '../sources/ignore-comments.ts';
import type { IgnoreCommentsEvidence } from '../verdict/evidence.ts';
import type { Observation } from './finding.ts';
import { ignores } from './ignoring.ts';

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

/** Known findings of a lint baseline that are not found any more. */
export function mendedFindings(path: string, count: number): Observation {
  return {
    rule: 'config/unused-ignore',
    target: path,
    message: `${count} known ${count === 1 ? 'finding' : 'findings'} of ${displayPath(path)} ${count === 1 ? 'is' : 'are'} not found any more`,
    location: { path, line: null, column: null },
    cause: 'what is mended must not come back as known',
    diff: null,
    fix: 'dbcheck lint --write-baseline',
  };
}

/**
 * Comments that suppress nothing, or that name no rule.
 *
 * @param used those that suppress something
 * @param evaluated the rules of which all that there is to find in these files was found; a name that is no rule is
 *   told in any case
 * @param known the names of all rules
 */
export function unusedComments(
  evidence: readonly IgnoreCommentsEvidence[],
  used: ReadonlySet<IgnoreComment>,
  evaluated: ReadonlySet<string>,
  known: readonly string[],
): readonly Observation[] {
  return evidence.flatMap(({ id, comments }) =>
    comments.flatMap((comment): readonly Observation[] => {
      const { path, line, column, rule, reason } = comment;
      const isKnown = known.includes(rule);
      // Without a reason it is another rule's to speak.
      if (reason === null || used.has(comment) || (isKnown && !evaluated.has(rule))) return [];
      const shown = displayPath(rule);
      const near = nearestName(rule, known);
      return [
        {
          rule: 'config/unused-ignore',
          target: id,
          message: isKnown
            ? `a comment dbcheck-ignore suppresses nothing: ${shown} finds nothing there`
            : rule === ''
              ? 'a comment dbcheck-ignore names no rule'
              : `a comment dbcheck-ignore names ${shown}, which is no rule`,
          location: { path, line, column },
          cause: isKnown
            ? `it was written because: ${displayPath(reason)}; what it accepted is gone, or stands elsewhere`
            : 'what it was to accept is found and told all the same',
          diff: null,
          fix: isKnown
            ? 'remove the comment, or move it to the line before what it is about'
            : near === undefined
              ? 'name a rule: dbcheck rules lists them'
              : `write ${near}`,
        },
      ];
    }),
  );
}
