import { RULE_IDS, type RuleId } from './rules.ts';

/** In the order in which people meet them. */
const FAMILIES = ['schema', 'query', 'migration', 'generated', 'parity', 'config'];

/** Every rule, by family, for lists and documents. */
export const LISTED_RULES: readonly RuleId[] = RULE_IDS.toSorted(
  (left, right) => FAMILIES.indexOf(familyOf(left)) - FAMILIES.indexOf(familyOf(right)),
);

/** `schema` of `schema/naming`. */
export function familyOf(rule: RuleId): string {
  return rule.slice(0, rule.indexOf('/'));
}
