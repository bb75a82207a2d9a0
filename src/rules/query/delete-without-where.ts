import { withOptions } from '../rule.ts';
import { unboundedOptions, unboundedSightings } from './unbounded-change.ts';

/** A DELETE deletes every row of a table. */
export const queryDeleteWithoutWhere = withOptions({
  severity: 'error',
  summary: 'A DELETE has no WHERE, and deletes every row.',
  options: unboundedOptions,
  check: (evidence, _facts, { names }) => unboundedSightings(evidence, 'DELETE', new RegExp(names, 'u')),
});
