import type { Rule } from '../rule.ts';
import { columnPairs } from './pairs.ts';
import { typeDifference } from './type-families.ts';

/** A column holds one kind of value in one dialect and another kind in another. */
export const parityType: Rule = {
  severity: 'error',
  summary: 'A column has a type in one dialect that is none of the likes of its type in another.',
  check: (evidence) =>
    evidence.kind !== 'schema-parity'
      ? []
      : columnPairs(evidence).flatMap(({ here, there, table, column, other }) => {
          const difference = typeDifference(
            { dialect: there.dialect, column: other, enums: there.model.enums },
            { dialect: here.dialect, column, enums: here.model.enums },
          );
          if (difference === null) return [];
          return [
            {
              target: here.id,
              message: `column ${table.name}.${column.name} is ${column.type?.text} in ${here.id} and ${other.type?.text} in ${there.id}`,
              location: column.type?.location ?? column.location,
              name: `${table.name}.${column.name}`,
              cause: difference,
              diff: null,
              fix: 'give both the same kind of type, or accept it with a reason',
            },
          ];
        }),
};
