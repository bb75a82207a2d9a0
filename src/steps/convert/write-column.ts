import type { Constraint } from 'libpg-query';
import { type ColumnType, typeCondition } from './column-types.ts';
import { defaultValue } from './defaults.ts';
import { type Scope, translate } from './expression.ts';
import { identifier } from './identifiers.ts';
import type { PostgresColumn } from './schema-model.ts';
import { Unsupported } from './unsupported.ts';

/** What the table's PRIMARY KEY says of a column. */
export interface KeyRole {
  /** Whether the column is part of the primary key. */
  readonly inKey: boolean;
  /** The key's constraint, where the column is all of it. */
  readonly alone: Constraint | null;
}

/** Whether the column numbers itself, and so holds its table's PRIMARY KEY in its own definition. */
export function numbersItself({ definition }: PostgresColumn, type: ColumnType): boolean {
  return type.serial || constraintOf(definition.constraints, 'CONSTR_IDENTITY') !== undefined;
}

/**
 * A column's definition.
 *
 * @param scope the columns of the table: for a generated column, which is made from them
 * @throws Unsupported
 */
export function writeColumn(column: PostgresColumn, type: ColumnType, key: KeyRole, scope: Scope): string {
  const { definition } = column;
  const constraints = (definition.constraints ?? []).flatMap((node) =>
    'Constraint' in node ? [node.Constraint] : [],
  );
  for (const { contype = 'CONSTR_NULL', location } of constraints) {
    if (!KNOWN.has(contype)) {
      throw new Unsupported(`it has ${contype.replace('CONSTR_', '').replaceAll('_', ' ')}`, location);
    }
  }
  const collation = definition.collClause?.collname?.flatMap((node) =>
    'String' in node ? node.String.sval : [],
  );
  if (collation !== undefined && !['C', 'POSIX'].includes(collation.at(-1) ?? '')) {
    throw new Unsupported(`SQLite has no collation ${collation.at(-1)}`, definition.collClause?.location);
  }
  const name = identifier(column.name);
  if (numbersItself(column, type)) return selfNumbering(column, name, type, key);
  const required = key.inKey || constraintOf(definition.constraints, 'CONSTR_NOTNULL') !== undefined;
  const condition = typeCondition(name, type, !required);
  return [
    name,
    type.declaration,
    ...(required ? ['NOT NULL'] : []),
    ...valueClause(definition.constraints, type, scope),
    ...(condition === null ? [] : [`CHECK (${condition})`]),
  ].join(' ');
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['CONSTR_NULL', 'CONSTR_NOTNULL', 'CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'],
  ...['CONSTR_CHECK', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_FOREIGN'],
]);

/**
 * SQLite numbers rows in a lone INTEGER PRIMARY KEY only. It takes a given number too, as BY DEFAULT does in Postgres;
 * ALWAYS, which refuses one, is treated alike. A NULL is a request for a number to SQLite, and a number that was given
 * is never handed out again.
 */
function selfNumbering(column: PostgresColumn, name: string, type: ColumnType, key: KeyRole): string {
  const identity = constraintOf(column.definition.constraints, 'CONSTR_IDENTITY');
  if (key.alone === null) {
    throw new Unsupported(
      'only a column that is the whole primary key can number itself in SQLite',
      identity?.location ?? column.definition.location,
    );
  }
  if ((identity?.options ?? []).length > 0) {
    throw new Unsupported('AUTOINCREMENT of SQLite starts at 1 and has no options', identity?.location);
  }
  const range = type.check(name);
  return [
    `${name} INTEGER`,
    ...(key.alone.conname === undefined ? [] : [`CONSTRAINT ${identifier(key.alone.conname)}`]),
    'PRIMARY KEY AUTOINCREMENT',
    ...(range.length === 0 ? [] : [`CHECK (${range.join(' AND ')})`]),
  ].join(' ');
}

function valueClause(
  constraints: PostgresColumn['definition']['constraints'],
  type: ColumnType,
  scope: Scope,
): readonly string[] {
  const initial = constraintOf(constraints, 'CONSTR_DEFAULT')?.raw_expr;
  if (initial !== undefined) return [`DEFAULT ${defaultValue(initial, type, scope)}`];
  const generated = constraintOf(constraints, 'CONSTR_GENERATED');
  if (generated?.raw_expr === undefined) return [];
  const kind = generated.generated_kind === 'v' ? 'VIRTUAL' : 'STORED';
  if (type.kind === 'exact') {
    throw new Unsupported('SQLite can compute no decimal of more than 15 digits', generated.location);
  }
  return [`GENERATED ALWAYS AS (${translate(generated.raw_expr, scope).sql}) ${kind}`];
}

function constraintOf(
  constraints: PostgresColumn['definition']['constraints'],
  wanted: Constraint['contype'],
): Constraint | undefined {
  return (constraints ?? [])
    .flatMap((node) => ('Constraint' in node ? [node.Constraint] : []))
    .find(({ contype }) => contype === wanted);
}
