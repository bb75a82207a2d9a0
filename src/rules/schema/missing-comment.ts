import { z } from 'zod';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

/** A table or a column that nobody has described. */
export const missingComment = withOptions({
  severity: 'off',
  summary: 'A table or a column has no comment.',
  options: z.strictObject({
    tables: z.boolean().default(true).describe('Ask for a comment on each table.'),
    columns: z.boolean().default(true).describe('Ask for a comment on each column.'),
  }),
  check: (evidence, _, options) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    return schema.model.tables.flatMap(({ name, comment, location, columns }) => {
      const found: Sighting[] = [];
      const add = (object: string, subject: string, place: Sighting['location']): void => {
        found.push({
          target: schema.id,
          name: object,
          message: `${subject} has no comment`,
          location: place,
          cause: 'who reads the database or the generated code is not told what it is for',
          diff: null,
          fix: 'add the attribute comment',
        });
      };
      const isEmpty = (given: typeof comment): boolean =>
        given === null || (given !== 'unknown' && given.text.trim() === '');
      if (options.tables && isEmpty(comment)) add(name, `table ${name}`, location);
      for (const column of options.columns ? columns : []) {
        if (!isEmpty(column.comment)) continue;
        add(`${name}.${column.name}`, `column ${name}.${column.name}`, column.location);
      }
      return found;
    });
  },
});
