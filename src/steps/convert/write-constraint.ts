import type { Constraint } from 'libpg-query';
import type { ValueKind } from './column-types.ts';
import { boolean, type Scope } from './expression.ts';
import { identifier, identifiers } from './identifiers.ts';
import type { PostgresConstraint } from './schema-model.ts';
import { strings } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';

/**
 * A table constraint: PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY, with its name.
 *
 * @param hasTable whether a table stands in the SQLite schema
 * @throws Unsupported
 */
export function writeConstraint(
  { constraint, columns }: PostgresConstraint,
  scope: Scope,
  hasTable: (name: string) => boolean,
): string {
  const { conname, contype, location } = constraint;
  const name = conname === undefined ? '' : `CONSTRAINT ${identifier(conname)} `;
  if (contype === 'CONSTR_CHECK') return `${name}${check(constraint, scope)}`;
  if (contype === 'CONSTR_FOREIGN') return `${name}${foreignKey(constraint, columns, scope, hasTable)}`;
  if (contype !== 'CONSTR_PRIMARY' && contype !== 'CONSTR_UNIQUE') {
    const word = contype?.replace('CONSTR_', '').toLowerCase();
    throw new Unsupported(`SQLite has no ${word} constraints`, location);
  }
  if (constraint.deferrable === true) throw new Unsupported('SQLite defers only foreign keys', location);
  if (constraint.nulls_not_distinct === true)
    throw new Unsupported('SQLite has no NULLS NOT DISTINCT', location);
  if (constraint.without_overlaps === true) throw new Unsupported('SQLite has no WITHOUT OVERLAPS', location);
  if ((constraint.including ?? []).length > 0) throw new Unsupported('SQLite has no INCLUDE', location);
  if ((constraint.options ?? []).length > 0)
    throw new Unsupported('SQLite has no storage parameters', location);
  for (const column of columns) checkKeyColumn(column, scope.kindOf(column), location);
  return `${name}${contype === 'CONSTR_PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE'} (${identifiers(columns)})`;
}

/** @throws Unsupported for a column whose equal values SQLite does not see as equal */
export function checkKeyColumn(
  column: string,
  kind: ValueKind | undefined,
  offset: number | undefined,
): void {
  if (kind === undefined) {
    throw new Unsupported(`it refers to ${column}, which is no column of the SQLite table`, offset);
  }
  if (kind === 'exact') {
    throw new Unsupported(
      `${column} is a numeric of more than 15 digits, which SQLite holds as text: 1.0 and 1.00 would be two keys; 15 digits or fewer are a number there`,
      offset,
    );
  }
  if (kind === 'json') {
    throw new Unsupported(`${column} is JSON, which SQLite compares as text, not by what it says`, offset);
  }
}

function check(constraint: Constraint, scope: Scope): string {
  const { raw_expr, is_no_inherit, is_enforced, location } = constraint;
  if (raw_expr === undefined) throw new Unsupported('a CHECK without a condition', location);
  if (is_no_inherit === true) throw new Unsupported('SQLite has no NO INHERIT', location);
  if (is_enforced === false) throw new Unsupported('SQLite enforces every CHECK', location);
  return `CHECK (${boolean(raw_expr, scope).sql})`;
}

/** By Postgres's letters; `a`, NO ACTION, is what SQLite does where nothing is said. */
const ACTIONS: Readonly<Record<string, string>> = {
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

function foreignKey(
  constraint: Constraint,
  columns: readonly string[],
  scope: Scope,
  hasTable: (name: string) => boolean,
): string {
  const { pktable, pk_attrs, fk_matchtype, fk_upd_action = 'a', fk_del_action = 'a', location } = constraint;
  const table = pktable?.relname ?? '';
  if (!hasTable(table)) {
    throw new Unsupported(`it refers to the table "${table}", which is not in the SQLite schema`, location);
  }
  if (fk_matchtype === 'f' && columns.length > 1) throw new Unsupported('SQLite has no MATCH FULL', location);
  if (constraint.is_enforced === false) throw new Unsupported('SQLite enforces every foreign key', location);
  if ((constraint.fk_del_set_cols ?? []).length > 0) {
    throw new Unsupported('SQLite sets all columns of a foreign key, not some', location);
  }
  if (constraint.fk_with_period === true) throw new Unsupported('SQLite has no PERIOD', location);
  for (const column of columns) checkKeyColumn(column, scope.kindOf(column), location);
  const target = strings(pk_attrs);
  const [onUpdate, onDelete] = [ACTIONS[fk_upd_action], ACTIONS[fk_del_action]];
  return [
    `FOREIGN KEY (${identifiers(columns)})`,
    `REFERENCES ${identifier(table)}${target.length === 0 ? '' : ` (${identifiers(target)})`}`,
    ...(onUpdate === undefined ? [] : [`ON UPDATE ${onUpdate}`]),
    ...(onDelete === undefined ? [] : [`ON DELETE ${onDelete}`]),
    ...(constraint.deferrable === true
      ? [`DEFERRABLE INITIALLY ${constraint.initdeferred === true ? 'DEFERRED' : 'IMMEDIATE'}`]
      : []),
  ].join(' ');
}
