import type { Severity } from './finding.ts';

/** Every rule with its severity where the configuration says nothing. */
export const RULES = {
  'schema/invalid': 'error',
  'schema/unformatted': 'error',
  'migration/missing': 'error',
  'migration/stale': 'error',
  'migration/multiple-baselines': 'error',
  'migration/checksum-mismatch': 'error',
  'migration/unexpected-file': 'error',
  'migration/orphan': 'error',
  'generated/missing': 'error',
  'generated/stale': 'error',
  'generated/hand-edited': 'error',
  'generated/orphan': 'error',
  'generated/unclaimed': 'warning',
  'generated/tool-version': 'error',
  'generated/output-collision': 'error',
  'generated/unverified': 'error',
  'query/duplicate-name': 'error',
  'query/invalid': 'error',
  'parity/shared-object': 'error',
  'parity/table-missing': 'error',
  'parity/column-missing': 'error',
  'parity/query-missing': 'error',
  'parity/query-command': 'error',
  'config/guard-stale': 'error',
  'config/unused-ignore': 'warning',
} as const satisfies Record<string, Severity>;

export type RuleId = keyof typeof RULES;
