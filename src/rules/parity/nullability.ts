import type { Column, Table } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import { columnPairs } from './pairs.ts';

/** A column takes NULL in one dialect and not in another. */
export const parityNullability: Rule = {
  severity: 'error',
  summary: 'A column takes NULL in one dialect and not in another.',
  check: (evidence) =>
    evidence.kind !== 'schema-parity'
      ? []
      : columnPairs(evidence).flatMap(({ here, there, table, otherTable, column, other }) => {
          const [nullable, wanted] = [takesNull(column, table), takesNull(other, otherTable)];
          if (nullable === null || wanted === null || nullable === wanted) return [];
          const [takes, refuses] = nullable ? [here, there] : [there, here];
          return [
            {
              target: here.id,
              message: `column ${table.name}.${column.name} takes NULL in ${takes.id} and not in ${refuses.id}`,
              location: column.location,
              name: `${table.name}.${column.name}`,
              cause: 'what can be written for the one is refused by the other, and their Go types differ',
              diff: null,
              fix: `set null = ${wanted} as in ${there.id}, or change it there`,
            },
          ];
        }),
};

/** Null where it can't be told: a key takes no NULL whatever is written, and what is generated follows its expression. */
function takesNull(column: Column, { primaryKeys }: Table): boolean | null {
  if (column.generated) return null;
  const inKey = primaryKeys.some(
    ({ parts }) => parts === null || parts.some((part) => part.column?.column === column.name),
  );
  return inKey ? null : column.nullable;
}
