import { z } from 'zod';
import type { Check, Table } from '../../sources/schema-model.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { namesTaken } from './foreign-key-name.ts';
import { generatedOption, isGeneratedName } from './generated-name.ts';
import { fillPattern, namePattern, patternStart } from './name-pattern.ts';
import { fitsEveryDialect, renaming } from './renaming.ts';
import { wholeSchema } from './whole-schema.ts';

/** A check whose name does not say its table and, where it is about one column, the column. */
export const checkName = withOptions({
  severity: 'warning',
  summary: 'The name of a check does not follow the pattern.',
  options: z.strictObject({
    pattern: namePattern(['table', 'column'])
      .default('chk_{table}_{column}')
      .describe('What the name of a check of one column begins with, and of others up to {column}.'),
    generated: generatedOption,
  }),
  check: (evidence, _, { pattern, generated }) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const namesBeside = namesTaken(schema);
    return schema.model.tables.flatMap((table) => {
      const taken = namesBeside(table);
      return table.checks.flatMap((check): readonly Sighting[] => {
        const { name, label } = check;
        const column = onlyColumn(table, check);
        if (name === null || label === null || check.expression === null) return [];
        const values = { table: table.name, ...(column === null ? {} : { column }) };
        const wanted =
          column === null
            ? fillPattern(patternStart(pattern, 'column'), values)
            : fillPattern(pattern, values);
        const fits =
          column === null ? name.startsWith(wanted) : name === wanted || name.startsWith(`${wanted}_`);
        if (fits || !fitsEveryDialect(wanted)) return [];
        const thing = { table: table.name, columns: column ?? '', kind: 'check' } as const;
        if (generated && isGeneratedName(name, schema.dialect, thing)) return [];
        const isCertain = column !== null && !taken.has(wanted);
        if (isCertain) taken.add(wanted);
        return [
          {
            target: schema.id,
            name: `${table.name}.${name}`,
            message: `check ${name} of table ${table.name} is not named by the pattern`,
            location: label.location,
            cause:
              column === null
                ? `by the pattern it begins with ${wanted}`
                : `it checks the column ${column}, and by the pattern it is ${wanted}, or begins with that and a _`,
            diff: null,
            fix: isCertain ? `rename it to ${wanted}: dbcheck lint --fix` : 'give it such a name',
            ...(isCertain ? { edits: renaming(label, wanted) } : {}),
          },
        ];
      });
    });
  },
});

/** The one column of the table that an expression names; null where it is none or several. */
function onlyColumn({ columns }: Table, { expression }: Check): string | null {
  const words = new Set(
    (expression ?? '').replace(/'(?:[^']|'')*'/g, ' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [],
  );
  const named = columns.filter(({ name }) => words.has(name));
  return named.length === 1 ? (named[0]?.name ?? null) : null;
}
