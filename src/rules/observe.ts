import type { RuleSetting } from '../config/project.ts';
import type { Evidence, RuleFacts } from '../verdict/evidence.ts';
import type { Observation } from './finding.ts';
import type { Rule } from './rule.ts';
import { RULE_IDS, RULES } from './rules.ts';

/**
 * What all rules that are on have to say.
 *
 * @param settings the options that the configuration gives, by rule
 * @returns in the order of the rules, then of the evidence
 */
export function observe(
  evidence: readonly Evidence[],
  facts: RuleFacts,
  settings: ReadonlyMap<string, Pick<RuleSetting, 'options'>>,
): readonly Observation[] {
  return RULE_IDS.flatMap((rule) => {
    const { check }: Rule = RULES[rule];
    const options = settings.get(rule)?.options ?? {};
    return evidence.flatMap((found) =>
      (check?.(found, facts, options) ?? []).map((sighting) => ({ rule, ...sighting })),
    );
  });
}

/** Observations of several looks as one look would have them. */
export function inOrderOfRules(observations: readonly Observation[]): readonly Observation[] {
  const rank = new Map(RULE_IDS.map((rule, index): [string, number] => [rule, index]));
  return observations.toSorted(
    (left, right) => (rank.get(left.rule) ?? RULE_IDS.length) - (rank.get(right.rule) ?? RULE_IDS.length),
  );
}
