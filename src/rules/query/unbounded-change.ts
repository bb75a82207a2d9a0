import { z } from 'zod';
import type { Evidence } from '../../verdict/evidence.ts';
import type { Sighting } from '../sighting.ts';
import { called, nameOf, sightingAt, statementsOf } from './query-places.ts';

export const unboundedOptions = z.strictObject({
  names: z
    .string()
    .default('(?:All|Every|Everything|Clear|Reset|Truncate|Purge|Empty|Wipe)(?![a-z])')
    .describe('A regular expression: a query whose name matches means every row')
    .refine((source) => {
      try {
        new RegExp(source, 'u');
        return true;
      } catch {
        return false;
      }
    }, 'is no regular expression'),
});

/** The statements that change or delete every row, without those whose names say that they mean it. */
export function unboundedSightings(
  evidence: Evidence,
  verb: 'UPDATE' | 'DELETE',
  meant: RegExp,
): readonly Sighting[] {
  return statementsOf(evidence).flatMap((placed) => {
    const { facts } = placed.statement;
    if (facts === null || meant.test(nameOf(placed.statement) ?? '')) return [];
    return facts.unbounded
      .filter((change) => change.verb === verb)
      .map(({ start, table }) =>
        sightingAt(evidence, placed, start, {
          message: `${called(placed.statement)} ${verb === 'UPDATE' ? 'changes' : 'deletes'} every row of ${table}`,
          cause: `its ${verb} has no WHERE`,
          fix: 'add the WHERE that is missing, or WHERE true where every row is meant',
        }),
      );
  });
}
