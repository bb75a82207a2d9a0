import { RULES, type RuleId } from '../rules/catalogue.ts';

/** Whether a name is one of the catalogue's rules. */
function isRuleId(name: string): name is RuleId {
  return Object.hasOwn(RULES, name);
}

/** Every rule, in the catalogue's order. */
export const RULE_IDS: readonly RuleId[] = Object.keys(RULES).filter(isRuleId);
