import { type Rule, wholeFile } from '../rule.ts';
import { wholeSchema } from './whole-schema.ts';

/** The files of a database declare no schema at all. */
export const missingSchemaBlock: Rule = {
  severity: 'error',
  summary:
    "The files of a database have no `schema` block, without which Atlas would drop the database's schema.",
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const { schemas, tables, enums, others, files } = schema.model;
    const [file] = files;
    if (schemas.length > 0 || file === undefined) return [];
    const first = tables[0] ?? enums[0] ?? others[0];
    const name = (tables[0] ?? enums[0])?.schema?.name ?? (schema.dialect === 'postgres' ? 'public' : 'NAME');
    return [
      {
        target: schema.id,
        message: `${schema.id} has no schema block`,
        location: first?.location ?? wholeFile(file.path),
        cause:
          'Atlas plans to drop a schema that is not declared, with all that is in it, or refuses the files',
        diff: null,
        fix: `add schema "${name}" {}`,
      },
    ];
  },
};
