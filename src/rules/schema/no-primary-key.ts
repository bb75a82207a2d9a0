import type { Rule } from '../rule.ts';
import { wholeSchema } from './whole-schema.ts';

/** A table without a primary key. */
export const noPrimaryKey: Rule = {
  severity: 'warning',
  summary: 'A table has no primary key.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    // The parts of a partitioned table can have keys of their own, where the whole can't have one.
    return schema.model.tables
      .filter(({ primaryKeys, others }) => primaryKeys.length === 0 && !others.some(isPartition))
      .map(({ name, location }) => ({
        target: schema.id,
        name,
        message: `table ${name} has no primary key`,
        location,
        cause:
          'nothing tells two of its rows apart, and logical replication can neither update nor delete one',
        diff: null,
        fix: 'add a block primary_key',
      }));
  },
};

function isPartition({ type }: { readonly type: string }): boolean {
  return type === 'partition';
}
