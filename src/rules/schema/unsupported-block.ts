import { z } from 'zod';
import type { DialectName } from '../../config/dialect-names.ts';
import type { OtherBlock, SourceLocation } from '../../sources/schema-model.ts';
import type { SchemaEvidence } from '../../verdict/evidence.ts';
import { withOptions } from '../rule.ts';
import { wholeSchema } from './whole-schema.ts';

/** Blocks that are for Atlas itself and define nothing in a database. */
const SETTINGS = new Set(['variable', 'locals', 'data', 'env', 'atlas', 'lint', 'diff', 'docker']);

/** Blocks of a table besides those that the model has. */
const IN_TABLES: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  postgres: new Set(['partition']),
  mysql: new Set(),
  sqlite: new Set(),
};

/** A block that the open-source Atlas makes nothing of. */
export const unsupportedBlock = withOptions({
  severity: 'error',
  summary:
    'The open-source Atlas makes nothing of a block: a view, a function, a trigger, a misspelt `tabel`.',
  options: z.strictObject({
    allow: z
      .array(z.string())
      .default([])
      .describe('Types of blocks that the Atlas of this project does know: `view`, `trigger`.'),
  }),
  check: (evidence, _, { allow }) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const allowed = new Set(allow);
    return unsupported(schema)
      .filter(({ type }) => !allowed.has(type))
      .map(({ type, title, location, object }) => ({
        target: schema.id,
        ...(object === null ? {} : { name: object }),
        message: `the open-source Atlas makes nothing of ${title}`,
        location,
        cause: `it passes over a block ${type} in silence, or refuses it in later versions, so the database will not have it`,
        diff: null,
        fix: `remove it, correct its type, or list ${type} in the option allow if your Atlas knows it`,
      }));
  },
});

interface Unsupported {
  readonly type: string;
  readonly title: string;
  readonly location: SourceLocation;
  readonly object: string | null;
}

function unsupported({ model, dialect }: SchemaEvidence): readonly Unsupported[] {
  const other = ({ type, name, location }: OtherBlock): Unsupported => ({
    ...{ type, location, object: name },
    title: name === null ? `a block ${type}` : `${type} ${name}`,
  });
  return [
    ...model.others.filter(({ type }) => !SETTINGS.has(type)).map(other),
    // In MySQL the values of an enum stand in the column.
    ...(dialect === 'mysql' ? model.enums.map((block) => other({ ...block, type: 'enum', labels: [] })) : []),
    ...model.tables.flatMap((table) => {
      const unique = table.indexes.filter(({ kind }) => dialect === 'mysql' && kind === 'unique');
      return [
        ...table.others.filter(({ type }) => !IN_TABLES[dialect].has(type)),
        ...unique.map((block): OtherBlock => ({ ...block, type: 'unique', labels: [] })),
      ].map((block) => {
        const found = other(block);
        return { ...found, object: table.name, title: `${found.title} of table ${table.name}` };
      });
    }),
  ];
}
