import type { ForeignKey } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { columnMeant, tablesByName } from './resolve-names.ts';
import { wholeSchema } from './whole-schema.ts';

/** A foreign key that sets a column to null which takes no null. */
export const setNullNotNull: Rule = {
  severity: 'error',
  summary: 'A foreign key sets a column to NULL that takes no NULL.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const tables = tablesByName(schema.model);
    return schema.model.tables.flatMap((table) =>
      table.foreignKeys.flatMap((key): readonly Sighting[] => {
        const event = eventOf(key);
        if (event === null) return [];
        const required = (key.columns ?? [])
          .map((reference) => columnMeant(reference, table, tables))
          .filter((column) => column?.nullable === false);
        return required.flatMap((column) =>
          column === null
            ? []
            : [
                {
                  target: schema.id,
                  name: `${table.name}.${column.name}`,
                  message: `foreign key ${key.name ?? 'without a name'} of table ${table.name} sets ${column.name} to NULL, and ${column.name} takes no NULL`,
                  location: key.location,
                  cause: `the database takes the key, and refuses each ${event} of a row that it refers to`,
                  diff: null,
                  fix: `give ${column.name} null = true, or the key another action`,
                },
              ],
        );
      }),
    );
  },
};

function eventOf({ onDelete, onUpdate }: ForeignKey): 'deletion' | 'update' | null {
  if (isSetNull(onDelete)) return 'deletion';
  return isSetNull(onUpdate) ? 'update' : null;
}

/** As a word of HCL, or as SQL writes it. */
function isSetNull(action: string | null): boolean {
  return action !== null && /^SET[ _]NULL$/i.test(action);
}
