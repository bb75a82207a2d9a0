import { withOptions } from '../rule.ts';
import { unboundedOptions, unboundedSightings } from './unbounded-change.ts';

/** An UPDATE changes every row of a table. */
export const queryUpdateWithoutWhere = withOptions({
  severity: 'error',
  summary: 'An UPDATE has no WHERE, and changes every row.',
  options: unboundedOptions,
  check: (evidence, _facts, { names }) => unboundedSightings(evidence, 'UPDATE', new RegExp(names, 'u')),
});
