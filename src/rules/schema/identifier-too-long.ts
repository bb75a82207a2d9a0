import type { DialectName } from '../../config/dialect-names.ts';
import type { Definition, Named } from '../../sources/schema-model.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { wholeSchema } from './whole-schema.ts';

interface Limit {
  readonly most: number;
  readonly unit: string;
  readonly consequence: string;
  lengthOf(name: string): number;
}

/** Postgres: NAMEDATALEN is 64 and counts a final zero byte. MySQL: reference manual, Identifier Length Limits. */
const LIMITS: Readonly<Partial<Record<DialectName, Limit>>> = {
  postgres: {
    ...{
      most: 63,
      unit: 'bytes',
      consequence: 'Postgres cuts it off without an error, and two names can become one',
    },
    lengthOf: (name) => Buffer.byteLength(name),
  },
  mysql: {
    ...{ most: 64, unit: 'characters', consequence: 'MySQL refuses it' },
    lengthOf: (name) => [...name].length,
  },
};

/** A name that is longer than a database of the project keeps. */
export const identifierTooLong: Rule = {
  severity: 'error',
  summary: 'A name is longer than the database keeps: 63 bytes in Postgres, 64 characters in MySQL.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const { dialect, dialects, model } = schema;
    const tooLong = (
      kind: string,
      object: string,
      block: Named,
      judged: readonly DialectName[],
    ): readonly Sighting[] => {
      const { name, label } = block;
      if (name === null || label === null) return [];
      return judged
        .flatMap((one) => {
          const limit = LIMITS[one];
          const length = limit?.lengthOf(name) ?? 0;
          if (limit === undefined || length <= limit.most) return [];
          return [
            {
              target: schema.id,
              name: object,
              message: `the name of ${kind} ${object} has ${length} ${limit.unit}, and ${one} keeps ${limit.most}`,
              location: label.location,
              cause: limit.consequence,
              diff: null,
              fix: 'shorten it',
            },
          ];
        })
        .slice(0, 1);
    };
    const own = [dialect];
    // Tables and columns are the same in every dialect of a project; indexes and constraints need not be.
    const all = [dialect, ...dialects.filter((other) => other !== dialect)];
    const inTable = (
      kind: string,
      table: Definition,
      blocks: readonly Named[],
      judged: readonly DialectName[],
    ) => blocks.flatMap((block) => tooLong(kind, `${table.name}.${block.name}`, block, judged));
    return [
      ...model.enums.flatMap((block) => tooLong('enum', block.name, block, own)),
      ...model.tables.flatMap((table) => [
        ...tooLong('table', table.name, table, all),
        ...inTable('column', table, table.columns, all),
        ...inTable('index', table, table.indexes, own),
        ...inTable('foreign key', table, table.foreignKeys, own),
        ...inTable('check', table, table.checks, own),
      ]),
    ];
  },
};
