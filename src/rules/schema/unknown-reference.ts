import { nearestName } from '../../config/nearest-name.ts';
import type { ColumnReference, SourceLocation, Table } from '../../sources/schema-model.ts';
import type { SchemaEvidence } from '../../verdict/evidence.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { type TablesByName, tablesByName, tablesMeant } from './resolve-names.ts';
import { wholeSchema } from './whole-schema.ts';

/** A reference to what no file of the database defines. */
export const unknownReference: Rule = {
  severity: 'error',
  summary: 'A schema refers to a table, a column, an enum or a schema that no file of the database defines.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    return schema === null
      ? []
      : unknowns(schema).map(({ name, claim, location, known, missing }) => {
          const near = nearestName(missing, known);
          return {
            target: schema.id,
            name,
            message: claim,
            location,
            cause: `no file of ${schema.id} defines it, and Atlas refuses the schema`,
            diff: null,
            fix: near === undefined ? 'define it, or correct the reference' : `did you mean ${near}?`,
          } satisfies Sighting;
        });
  },
};

interface Unknown {
  /** The table or enum that refers to it. */
  readonly name: string;
  readonly claim: string;
  readonly location: SourceLocation;
  readonly missing: string;
  /** The names that could be meant. */
  readonly known: readonly string[];
}

function unknowns({ model }: SchemaEvidence): readonly Unknown[] {
  const tables = tablesByName(model);
  const schemas = model.schemas.map(({ name }) => name);
  const enums = model.enums.map(({ name }) => name);
  const schemaNames = new Set(schemas);
  const enumNames = new Set(enums);
  return [
    ...[...model.tables, ...model.enums].flatMap(({ name, schema }): readonly Unknown[] => {
      // Without a single schema block it is that block that is missing.
      if (schema === null || schemas.length === 0 || schemaNames.has(schema.name)) return [];
      const claim = `there is no schema ${schema.name}`;
      return [{ name, claim, location: schema.location, missing: schema.name, known: schemas }];
    }),
    ...model.tables.flatMap((table) => [
      ...table.columns.flatMap(({ type }): readonly Unknown[] => {
        const reference = type?.reference;
        if (reference?.kind !== 'enum' || enumNames.has(reference.name)) return [];
        const claim = `there is no enum ${reference.name}`;
        const location = type?.location ?? table.location;
        return [{ name: table.name, claim, location, missing: reference.name, known: enums }];
      }),
      ...referencesOf(table).flatMap((reference) => unknownColumn(reference, table, tables)),
    ]),
  ];
}

function referencesOf({ primaryKeys, indexes, foreignKeys }: Table): readonly ColumnReference[] {
  return [
    ...[...primaryKeys, ...indexes].flatMap(({ parts }) =>
      (parts ?? []).flatMap(({ column }) => (column === null ? [] : [column])),
    ),
    ...foreignKeys.flatMap(({ columns, refColumns }) => [...(columns ?? []), ...(refColumns ?? [])]),
  ];
}

function unknownColumn(reference: ColumnReference, own: Table, tables: TablesByName): readonly Unknown[] {
  const { table, column, location } = reference;
  const meant = tablesMeant(reference, own, tables);
  if (table !== null && meant.length === 0) {
    const written = table.schema === null ? table.name : `${table.schema}.${table.name}`;
    const known = [...tables.keys()];
    return [{ name: own.name, claim: `there is no table ${written}`, location, missing: table.name, known }];
  }
  const columns = meant.flatMap((candidate) => candidate.columns.map(({ name }) => name));
  if (columns.includes(column)) return [];
  const claim = `table ${table?.name ?? own.name} has no column ${column}`;
  return [{ name: own.name, claim, location, missing: column, known: columns }];
}
