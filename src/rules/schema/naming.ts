import { z } from 'zod';
import type { DialectName } from '../../config/dialect-names.ts';
import type { Definition } from '../../sources/schema-model.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

/** Only MySQL takes capitals without quotes, each kind of name in its own way. */
function causeOf(kind: string, name: string, dialect: DialectName): string {
  if (dialect !== 'mysql') return 'a name with capitals or signs in it has to be quoted in every query';
  if (!/^[\p{L}\p{N}_$]+$/u.test(name)) return 'a name with signs in it has to be quoted in every query';
  return kind === 'table'
    ? 'whether a query has to write its capitals as they are depends on the server and its file system'
    : 'queries may write its capitals in any way, and so do, while code and other databases tell them apart';
}

/** A name of a table, a column or an enum that is not in snake_case, or a table in the wrong number. */
export const schemaNaming = withOptions({
  severity: 'warning',
  summary: 'The name of a table, a column or an enum is not in snake_case.',
  options: z.strictObject({
    tables: z
      .enum(['plural', 'singular', 'either'])
      .default('either')
      .describe('The grammatical number of the names of tables, as their last word has it in English.'),
    except: z.array(z.string()).default([]).describe('Names that are right as they are.'),
  }),
  check: (evidence, _, { tables: number, except }) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const { tables, enums } = schema.model;
    const accepted = new Set(except);
    const sighting = (
      kind: string,
      object: string,
      { label }: Definition,
    ): Omit<Sighting, 'fix' | 'cause'> => ({
      ...{ target: schema.id, name: object, diff: null, location: label.location },
      message: `the name of ${kind} ${object}`,
    });
    const inCase = (kind: string, object: string, block: Definition): readonly Sighting[] => {
      if (isSnakeCase(block.name) || accepted.has(block.name)) return [];
      const found = sighting(kind, object, block);
      return [
        {
          ...found,
          message: `${found.message} is not in snake_case`,
          cause: causeOf(kind, block.name, schema.dialect),
          fix: `rename it to ${toSnakeCase(block.name)}, here and wherever it is used`,
        },
      ];
    };
    const inNumber = (table: Definition): readonly Sighting[] => {
      if (number === 'either' || accepted.has(table.name) || !isSnakeCase(table.name)) return [];
      if (mayBe(number, table.name)) return [];
      const found = sighting('table', table.name, table);
      const cause = `the configuration wants the names of tables in the ${number}`;
      return [
        {
          ...found,
          message: `${found.message} is not a ${number}`,
          cause,
          fix: 'rename it, here and wherever it is used, or list it in the option except',
        },
      ];
    };
    return [
      ...enums.flatMap((block) => inCase('enum', block.name, block)),
      ...tables.flatMap((table) => [
        ...inCase('table', table.name, table),
        ...inNumber(table),
        ...table.columns.flatMap((column) => inCase('column', `${table.name}.${column.name}`, column)),
      ]),
    ];
  },
});

/** Letters of scripts without capitals count as small ones. */
function isSnakeCase(name: string): boolean {
  return /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_]+$/u.test(name);
}

function toSnakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '_')
    .toLowerCase();
}

const SAME_IN_BOTH = new Set([
  'data',
  'metadata',
  'media',
  'series',
  'species',
  'information',
  'staff',
  'history',
]);
const PLURALS_WITHOUT_S = new Set([
  'people',
  'children',
  'men',
  'women',
  'criteria',
  'indices',
  'feet',
  'mice',
]);
const SINGULARS_WITH_S = new Set([
  'news',
  'lens',
  'alias',
  'canvas',
  'gas',
  'atlas',
  'bias',
  'sms',
  'dns',
  'gps',
  'os',
]);

/** Whether the last word of a name may be a plural or a singular; in doubt it is. */
function mayBe(number: 'plural' | 'singular', name: string): boolean {
  const word = name.split('_').findLast((part) => /\p{L}/u.test(part)) ?? '';
  if (SAME_IN_BOTH.has(word) || !/^[a-z]+\d*$/.test(word)) return true;
  const isPlural =
    PLURALS_WITHOUT_S.has(word) ||
    (/s$/.test(word) && !/(?:ss|us|is)$/.test(word) && !SINGULARS_WITH_S.has(word));
  return (number === 'plural') === isPlural;
}
