import type { Named, Table } from '../../sources/schema-model.ts';
import type { SchemaEvidence } from '../../verdict/evidence.ts';
import type { Rule } from '../rule.ts';
import { wholeSchema } from './whole-schema.ts';

/** Two blocks of one kind and name, of which the database can have one. */
export const duplicateBlock: Rule = {
  severity: 'error',
  summary: 'Two blocks define the same thing: a table, a column, an index, a second primary key.',
  check: (evidence) => {
    const schema = wholeSchema(evidence);
    return schema === null
      ? []
      : [...collisions(schema)].map(([{ claim, name, cause }, { location }, first]) => ({
          target: schema.id,
          name,
          message: `${claim} is defined twice`,
          location,
          cause: `${cause}; the first one is at ${first.location.path}:${first.location.line}`,
          diff: null,
          fix: 'remove one of the two, or give it another name',
        }));
  },
};

interface Kind {
  readonly claim: string;
  readonly name: string;
  readonly cause: string;
}

type Collision = readonly [Kind, Named, first: Named];

const REFUSED = 'no database takes two of one name';

function* collisions({ model, dialect }: SchemaEvidence): Iterable<Collision> {
  const keyed = <T extends Named & Pick<Table, 'schema'>>(items: readonly T[]) =>
    items.map((item) => [`${item.schema?.name ?? ''}\0${item.name}`, item] as const);
  const kind =
    (type: string) =>
    ({ name }: Named): Kind => ({ claim: `${type} ${name}`, name: name ?? '', cause: REFUSED });
  yield* twice(named(model.schemas), kind('schema'));
  yield* twice(keyed(model.enums), kind('enum'));
  yield* twice(keyed(model.tables), kind('table'));
  for (const table of model.tables) yield* inTable(table);
  if (dialect === 'postgres') yield* ofRelations(model.tables);
}

function* inTable({
  name: table,
  columns,
  indexes,
  foreignKeys,
  checks,
  primaryKeys,
}: Table): Iterable<Collision> {
  const kind =
    (type: string) =>
    ({ name }: Named): Kind => ({
      ...{ claim: `${type} ${name} of table ${table}`, name: `${table}.${name}`, cause: REFUSED },
    });
  yield* twice(named(columns), kind('column'));
  yield* twice(named(indexes), kind('index'));
  yield* twice(named(foreignKeys), kind('foreign key'));
  yield* twice(named(checks), kind('check'));
  yield* twice(
    primaryKeys.map((key) => ['', key] as const),
    () => ({
      ...{ claim: `the primary key of table ${table}`, name: table },
      cause: 'Atlas takes the first one and passes over the other in silence',
    }),
  );
}

/** In Postgres the indexes of a schema share their names with each other and with its tables. */
function* ofRelations(tables: readonly Table[]): Iterable<Collision> {
  const seen = new Map<string, { readonly owner: Table; readonly block: Named }>();
  for (const owner of tables) seen.set(`${owner.schema?.name ?? ''}\0${owner.name}`, { owner, block: owner });
  for (const owner of tables) {
    for (const index of owner.indexes) {
      if (index.name === null) continue;
      const key = `${owner.schema?.name ?? ''}\0${index.name}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { owner, block: index });
      else if (first.owner !== owner || first.block === owner) {
        const cause = 'in Postgres an index shares its name with no other index or table of the schema';
        const claim = `the name ${index.name}`;
        yield [{ claim, name: `${owner.name}.${index.name}`, cause }, index, first.block];
      }
    }
  }
}

function named<T extends Named>(items: readonly T[]): readonly (readonly [string, T])[] {
  return items.flatMap((item) => (item.name === null ? [] : [[item.name, item] as const]));
}

function* twice<T extends Named>(
  items: readonly (readonly [key: string, T])[],
  kind: (item: T) => Kind,
): Iterable<Collision> {
  const seen = new Map<string, T>();
  for (const [key, item] of items) {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else yield [kind(item), item, first];
  }
}
