import { suppressed } from '../sources/ignore-comments.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { Observation } from './finding.ts';
import type { Rule } from './rule.ts';
import { RULE_IDS, RULES } from './rules.ts';
import { unusedComments } from './unused-ignores.ts';

/** The rules that judge by sources alone, and so have said all they have to say after a lint of all sources. */
export const SOURCE_RULES: ReadonlySet<string> = new Set(
  RULE_IDS.filter((id) => {
    const rule: Rule = RULES[id];
    return rule.check !== undefined && rule.needsSteps !== true;
  }),
);

/**
 * Leaves out what the comments of the sources accept, and says which of them accept nothing.
 *
 * @param evaluated the rules of which everything was found that there is to find in these sources; of other rules'
 *   comments it is not known whether they are idle. Empty where a part of the project was judged
 */
export function withoutCommented(
  observations: readonly Observation[],
  evidence: readonly Evidence[],
  evaluated: ReadonlySet<string>,
): readonly Observation[] {
  const commented = evidence.filter((found) => found.kind === 'ignore-comments');
  const { kept, used } = suppressed(
    observations,
    commented.flatMap(({ comments }) => comments),
  );
  return [...kept, ...unusedComments(commented, used, evaluated, RULE_IDS)];
}
