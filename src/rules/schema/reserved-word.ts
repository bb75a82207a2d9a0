import { z } from 'zod';
import type { DialectName } from '../../config/dialect-names.ts';
import type { Definition } from '../../sources/schema-model.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { wholeSchema } from './whole-schema.ts';

/** A table, a column or an enum that is called as a database calls something of its own. */
export const reservedWord = withOptions({
  severity: 'warning',
  summary: "A table, a column or an enum has a reserved word for its name, in any of the project's dialects.",
  options: z.strictObject({
    allow: z.array(z.string()).default([]).describe('Words that are right as names in this project.'),
  }),
  check: (evidence, _, { allow }) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const allowed = new Set(allow);
    const reserved = (kind: string, object: string, { name, label }: Definition): readonly Sighting[] => {
      const word = name.toLowerCase();
      const dialects = schema.dialects.filter((dialect) => RESERVED_WORDS[dialect].has(word));
      if (dialects.length === 0 || allowed.has(name)) return [];
      return [
        {
          target: schema.id,
          name: object,
          message: `the name of ${kind} ${object} is a reserved word in ${inWords(dialects)}`,
          location: label.location,
          cause:
            schema.dialects.length > 1
              ? 'each query has to quote it, each dialect with its own quotes, and one that does not fails'
              : 'each query has to quote it, and one that does not fails',
          diff: null,
          fix: 'give it another name',
        },
      ];
    };
    const { enums, tables } = schema.model;
    return [
      ...enums.flatMap((block) => reserved('enum', block.name, block)),
      ...tables.flatMap((table) => [
        ...reserved('table', table.name, table),
        ...table.columns.flatMap((column) => reserved('column', `${table.name}.${column.name}`, column)),
      ]),
    ];
  },
});

function inWords(dialects: readonly DialectName[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(dialects);
}
