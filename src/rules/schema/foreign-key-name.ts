import { z } from 'zod';
import type { ForeignKey, Table } from '../../sources/schema-model.ts';
import type { SchemaEvidence } from '../../verdict/evidence.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { generatedOption, isGeneratedName } from './generated-name.ts';
import { fillPattern, namePattern } from './name-pattern.ts';
import { fitsEveryDialect, renaming } from './renaming.ts';
import { type TablesByName, tablesByName, tablesMeant } from './resolve-names.ts';
import { wholeSchema } from './whole-schema.ts';

const pattern = namePattern(['table', 'ref_table', 'columns']);

/** A foreign key whose name does not say between which tables it is. */
export const foreignKeyName = withOptions({
  severity: 'warning',
  summary: 'The name of a foreign key does not follow the pattern.',
  options: z.strictObject({
    pattern: pattern.default('fk_{table}_{ref_table}').describe('What the name of a foreign key looks like.'),
    several: pattern
      .default('fk_{table}_{ref_table}_{columns}')
      .describe('What it may look like too, and does where a table has several foreign keys to one table.'),
    generated: generatedOption,
  }),
  check: (evidence, _, options) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const tables = tablesByName(schema.model);
    const namesBeside = namesTaken(schema);
    return schema.model.tables.flatMap((table) => {
      const taken = namesBeside(table);
      const counts = new Map<string, number>();
      for (const key of table.foreignKeys) {
        const referred = refTable(table, key, tables);
        if (referred !== null) counts.set(referred, (counts.get(referred) ?? 0) + 1);
      }
      return table.foreignKeys.flatMap((key): readonly Sighting[] => {
        const { name, label, columns } = key;
        const referred = refTable(table, key, tables);
        if (name === null || label === null || columns === null || referred === null) return [];
        const values = {
          table: table.name,
          ref_table: referred,
          columns: columns.map(({ column }) => column).join('_'),
        };
        const short = fillPattern(options.pattern, values);
        const long = fillPattern(options.several, values);
        // Words behind it say more: that a customer is the payer of an order.
        if (name === short || name === long || name.startsWith(`${short}_`)) return [];
        const thing = { table: table.name, columns: values.columns, kind: 'foreign key' } as const;
        if (options.generated && isGeneratedName(name, schema.dialect, thing)) return [];
        const proposal = (counts.get(referred) ?? 0) > 1 ? long : short;
        // What is too long is shortened somehow.
        if (!fitsEveryDialect(proposal)) return [];
        const isFree = !taken.has(proposal);
        if (isFree) taken.add(proposal);
        return [
          {
            target: schema.id,
            name: `${table.name}.${name}`,
            message: `foreign key ${name}, from ${table.name} to ${referred}, is not named by the pattern`,
            location: label.location,
            cause:
              short === long ? `by the pattern it is ${short}` : `by the pattern it is ${short} or ${long}`,
            diff: null,
            fix: isFree ? `rename it to ${proposal}: dbcheck lint --fix` : 'give it such a name',
            ...(isFree ? { edits: renaming(label, proposal) } : {}),
          },
        ];
      });
    });
  },
});

/** By table, the names that a constraint can't have: in Postgres those of its table, in MySQL of the whole schema. */
export function namesTaken({ model, dialect }: SchemaEvidence): (table: Table) => Set<string | null> {
  const namesIn = ({ foreignKeys, checks, indexes }: Table): readonly (string | null)[] =>
    [...foreignKeys, ...checks, ...indexes].map(({ name }) => name);
  const everywhere = dialect === 'mysql' ? new Set(model.tables.flatMap(namesIn)) : null;
  return (table) => everywhere ?? new Set(namesIn(table));
}

/** @returns null where the table can't be told, or is not there */
function refTable(own: Table, { refColumns }: ForeignKey, tables: TablesByName): string | null {
  const [first] = refColumns ?? [];
  if (first === undefined || tablesMeant(first, own, tables).length === 0) return null;
  return first.table?.name ?? own.name;
}
