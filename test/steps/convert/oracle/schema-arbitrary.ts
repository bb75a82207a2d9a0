import fc from 'fast-check';
import { COLUMN_KINDS, type ColumnKind, type Literal } from './column-kinds.ts';

interface TestColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly notNull: boolean;
  readonly default: string | null;
}

export interface TestTable {
  readonly name: string;
  /** Whether the first column numbers itself. */
  readonly identity: boolean;
  readonly columns: readonly TestColumn[];
  /** The constraints and indexes, as the people's SQL for Postgres: it prints them in its own words. */
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
}

/** A change of rows, for both databases. */
type Statement = Literal;

export interface TestSchema {
  readonly enumType: string;
  readonly tables: readonly TestTable[];
  readonly statements: readonly Statement[];
}

/** Words that one database or the other, or sqlc, keeps for itself, and names that need quotes. */
const NAMES = [
  ...[
    'code',
    'amount',
    'state',
    'order',
    'group',
    'index',
    'select',
    'values',
    'check',
    'key',
    'user',
    'glob',
  ],
  ...['Mixed', 'über', 'rank', 'first_value', 'rowid', 'true', 'isnull', 'row', 'view', 'strict', 'with_3'],
];
const ROWS_OF_A_TABLE = 8;
const ACTIONS = ['NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL'] as const;
/** What an identity column never comes to by itself; SQLite goes on from the greatest number that it was given. */
const GIVEN_IDENTITIES = ['-1', '-2', '-3', '-7'];

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** @param number makes the names of its objects differ from those of other schemas in one database */
export function schemaArbitrary(number: number): fc.Arbitrary<TestSchema> {
  return fc.gen().map((gen) => build((arbitrary) => gen(() => arbitrary), `s${number}`));
}

/** Each condition of a kind in a table of its own, and each value of the kind in each of them. */
export function everyCondition(kind: ColumnKind, number: number): TestSchema {
  const column = { name: 'value', kind, notNull: false, default: null };
  const tables = kind.checks(quote(column.name)).map((check, index): TestTable => {
    const constraints = [`CONSTRAINT "c" CHECK (${check})`];
    return { name: `s${number}_${index}`, identity: false, columns: [column], constraints, indexes: [] };
  });
  const none = { postgres: 'NULL', sqlite: 'NULL' };
  const values = [...kind.valid, ...(kind.spellings ?? []), ...kind.invalid, none];
  return {
    enumType: `s${number}_status`,
    tables,
    statements: tables.flatMap(({ name }) =>
      values.map((value) => insert(name, [{ name: column.name, value }])),
    ),
  };
}

function build(draw: Draw, prefix: string): TestSchema {
  const tables: DraftTable[] = [];
  const size = draw(fc.integer({ min: 1, max: 3 }));
  for (let at = 0; at < size; at += 1)
    tables.push(table(draw, `${prefix}_${pick(draw, TABLE_NAMES)}${at}`, tables));
  const enumType = `${prefix}_status`;
  return {
    enumType,
    tables,
    statements: [
      ...tables.flatMap((made) => rows(draw, made)),
      ...tables.flatMap((made) => changes(draw, made)),
    ],
  };
}

const TABLE_NAMES = ['order', 'events', 'Table', 'x'];

interface DraftTable extends TestTable {
  /** Columns that a foreign key may refer to, each alone. */
  readonly keys: readonly TestColumn[];
  /** The column of each foreign key, with the key that it refers to. */
  readonly references: ReadonlyMap<string, { readonly table: DraftTable | null; readonly key: TestColumn }>;
}

function table(draw: Draw, name: string, before: readonly DraftTable[]): DraftTable {
  const identity = draw(fc.boolean());
  const names = draw(fc.shuffledSubarray(NAMES, { minLength: 2, maxLength: 5 }));
  const drafts: TestColumn[] = names.map((column, index) => {
    const isKey = index === 0;
    const kind = isKey && identity ? bigint() : pick(draw, isKey ? KEY_KINDS : COLUMN_KINDS);
    const notNull = isKey || chance(draw, 0.5);
    const hasDefault = !isKey && chance(draw, 0.4);
    return { name: column, kind, notNull, default: hasDefault ? pick(draw, kind.defaults) : null };
  });
  const composite = !identity && drafts.filter(({ kind }) => kind.key).length > 1 && chance(draw, 0.3);
  const inKey = drafts.filter(({ kind }) => kind.key).slice(0, composite ? 2 : 1);
  const columns = drafts.map((column) => (inKey.includes(column) ? { ...column, notNull: true } : column));
  const keyable = columns.filter(({ kind }) => kind.key);
  const primary = keyable.slice(0, inKey.length);
  const [first] = keyable;
  if (first === undefined) throw new Error('a table without a key');
  const constraints = [`CONSTRAINT ${quote(`${name}_pkey`)} PRIMARY KEY (${list(primary)})`];
  const keys = composite ? [] : [first];

  const unique = pick(draw, keyable);
  if (chance(draw, 0.5)) {
    constraints.push(`CONSTRAINT ${quote(`${name}_unique`)} UNIQUE (${quote(unique.name)})`);
    if (unique !== first) keys.push(unique);
  }
  if (keyable.length > 1 && chance(draw, 0.3)) {
    constraints.push(`CONSTRAINT ${quote(`${name}_unique2`)} UNIQUE (${list(keyable.slice(-2))})`);
  }
  const references = new Map<string, { table: DraftTable | null; key: TestColumn }>();
  const target = before.length > 0 && chance(draw, 0.8) ? pick(draw, before) : null;
  const targetKey = target === null ? first : target.keys.length === 0 ? null : pick(draw, target.keys);
  if (targetKey !== null && (target !== null || (!composite && chance(draw, 0.3)))) {
    const column = { name: 'parent', kind: targetKey.kind, notNull: chance(draw, 0.3), default: null };
    columns.push(column);
    references.set(column.name, { table: target, key: targetKey });
    const [onDelete, onUpdate] = [pick(draw, ACTIONS), pick(draw, ACTIONS)];
    constraints.push(
      `CONSTRAINT ${quote(`${name}_fkey`)} FOREIGN KEY ("parent") REFERENCES ${quote(target?.name ?? name)} ` +
        `(${quote(targetKey.name)}) ON UPDATE ${onUpdate} ON DELETE ${onDelete}`,
    );
  }
  // Which numbers an identity column comes to depends on the rows that were refused.
  const known = identity ? columns.slice(1) : columns;
  const checks = draw(fc.integer({ min: 0, max: 2 }));
  for (let at = 0; at < checks; at += 1) {
    constraints.push(`CONSTRAINT ${quote(`${name}_check${at}`)} CHECK (${condition(draw, known, 2)})`);
  }
  return { name, identity, columns, constraints, indexes: indexes(draw, name, known), keys, references };
}

const KEY_KINDS = COLUMN_KINDS.filter(({ key, type }) => key && type !== 'boolean');

function bigint(): ColumnKind {
  const kind = COLUMN_KINDS.find(({ type }) => type === 'bigint');
  if (kind === undefined) throw new Error('no bigint');
  return kind;
}

function condition(draw: Draw, columns: readonly TestColumn[], depth: number): string {
  const column = pick(draw, columns);
  const simple = pick(draw, column.kind.checks(quote(column.name)));
  const choice = draw(fc.integer({ min: 0, max: 9 }));
  if (depth === 0 || choice < 5) return simple;
  const other = condition(draw, columns, depth - 1);
  if (choice === 5) return `(${simple}) OR (${other})`;
  if (choice === 6) return `(${simple}) AND (${other})`;
  if (choice === 7) return `NOT ((${simple}) AND (${other}))`;
  const second = pick(draw, columns);
  if (choice === 8) return `num_nonnulls(${quote(column.name)}, ${quote(second.name)}) >= 1`;
  const orders = !/char|text|enum|bool|json/.test(column.kind.type) && second.kind.type === column.kind.type;
  return `(${quote(column.name)} ${orders ? '<=' : 'IS NOT NULL) = ('} ${quote(second.name)}${orders ? '' : ' IS NOT NULL'})`;
}

function indexes(draw: Draw, table: string, columns: readonly TestColumn[]): readonly string[] {
  const made: string[] = [];
  const add = (unique: boolean, what: string, where: string): void => {
    const name = quote(`${table}_idx${made.length}`);
    made.push(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${quote(table)} (${what})${where}`);
  };
  const column = pick(draw, columns);
  if (chance(draw, 0.3) && column.kind.type !== 'jsonb') {
    add(false, `${quote(column.name)} DESC, ${quote(columns[0]?.name ?? '')}`, '');
  }
  const keyable = columns.filter(({ kind }) => kind.key);
  if (keyable.length > 0 && chance(draw, 0.3)) {
    add(true, quote(pick(draw, keyable).name), ` WHERE ${condition(draw, columns, 1)}`);
  }
  const texts = columns.filter(({ kind }) => kind.checks(quote('c')).includes('length("c") > 0'));
  if (texts.length > 0 && chance(draw, 0.6)) add(true, `lower(${quote(pick(draw, texts).name)})`, '');
  return made;
}

function rows(draw: Draw, made: DraftTable): readonly Statement[] {
  return Array.from({ length: ROWS_OF_A_TABLE }, () => {
    // One row in five has a value that its column can't hold; else only constraints can refuse it.
    const wrong = chance(draw, 0.2) ? pick(draw, made.columns) : null;
    const given = made.columns.flatMap((column, index) => {
      if (made.identity && index === 0 && chance(draw, 0.6)) return [];
      if (column.default !== null && chance(draw, 0.4)) return [];
      return [{ name: column.name, value: valueFor(draw, made, column, column === wrong) }];
    });
    return insert(made.name, given);
  });
}

function valueFor(draw: Draw, made: DraftTable, column: TestColumn, wrong: boolean): Literal {
  // To SQLite a NULL for a column that numbers itself is the same as no value.
  const numbered = made.identity && column === made.columns[0];
  if (wrong && column.kind.invalid.length > 0 && (numbered || chance(draw, 0.7))) {
    return pick(draw, column.kind.invalid);
  }
  if (wrong || (!column.notNull && chance(draw, 0.15))) return { postgres: 'NULL', sqlite: 'NULL' };
  const reference = made.references.get(column.name);
  const source = reference === undefined ? made : (reference.table ?? made);
  if (source.identity && (reference?.key ?? column) === source.columns[0]) {
    const given = pick(draw, GIVEN_IDENTITIES);
    return { postgres: given, sqlite: given };
  }
  return pick(draw, column.kind.valid);
}

function insert(table: string, given: readonly { name: string; value: Literal }[]): Statement {
  const head = `INSERT INTO ${quote(table)}`;
  if (given.length === 0) return { postgres: `${head} DEFAULT VALUES`, sqlite: `${head} DEFAULT VALUES` };
  const names = given.map(({ name }) => quote(name)).join(', ');
  const values = (dialect: keyof Literal): string => given.map(({ value }) => value[dialect]).join(', ');
  return {
    postgres: `${head} (${names}) VALUES (${values('postgres')})`,
    sqlite: `${head} (${names}) VALUES (${values('sqlite')})`,
  };
}

/** Deletes and new keys: what the actions of foreign keys are about. */
function changes(draw: Draw, made: DraftTable): readonly Statement[] {
  const [key] = made.keys;
  if (key === undefined) return [];
  const values = made.identity && key === made.columns[0] ? GIVEN_IDENTITIES : null;
  const value = (): Literal => {
    const text = values === null ? null : pick(draw, values);
    return text === null ? pick(draw, key.kind.valid) : { postgres: text, sqlite: text };
  };
  const [old, changed, gone] = [value(), value(), value()];
  const write = (dialect: keyof Literal): [string, string] => [
    `UPDATE ${quote(made.name)} SET ${quote(key.name)} = ${changed[dialect]} WHERE ${quote(key.name)} = ${old[dialect]}`,
    `DELETE FROM ${quote(made.name)} WHERE ${quote(key.name)} = ${gone[dialect]}`,
  ];
  const [inPostgres, inSqlite] = [write('postgres'), write('sqlite')];
  return [
    { postgres: inPostgres[0], sqlite: inSqlite[0] },
    { postgres: inPostgres[1], sqlite: inSqlite[1] },
  ];
}

export function quote(name: string): string {
  return `"${name}"`;
}

function list(columns: readonly TestColumn[]): string {
  return columns.map(({ name }) => quote(name)).join(', ');
}

function pick<T>(draw: Draw, items: readonly T[]): T {
  return draw(fc.constantFrom(...items));
}

function chance(draw: Draw, probability: number): boolean {
  return draw(fc.double({ min: 0, max: 1, noNaN: true })) < probability;
}
