import { is, nameOf, startOf, type TokenItem } from './token-tree.ts';

const OPERATORS = ['+', '-', '*', '/', '%', '|', '&'];
const NO_FUNCTION = [
  'AND',
  'OR',
  'NOT',
  'WHERE',
  'ON',
  'WHEN',
  'THEN',
  'ELSE',
  'CASE',
  'HAVING',
  'SELECT',
  'BY',
  'XOR',
];

/**
 * Where `sqlc.slice()` stands whose list is lost: sqlc finds a list's type by the column on the left of IN, and where
 * something else stands there, it drops the list.
 *
 * @param at of an IN
 */
export function lostSlice(items: readonly TokenItem[], at: number): readonly number[] {
  const group = items[at + 1];
  if (group?.kind !== 'group') return [];
  const [schema, point, name] = group.items;
  if (schema === undefined || !is(schema, 'SQLC') || !is(point, '.') || !is(name, 'SLICE')) return [];
  let left = at - 1;
  if (is(items[left], 'NOT')) left -= 1;
  const last = items[left];
  if (last === undefined) return [];
  if (last.kind === 'group') {
    const called = items[left - 1];
    return nameOf(called) !== null && !is(called, ...NO_FUNCTION) ? [startOf(schema)] : [];
  }
  if (is(items[left - 1], 'COLLATE')) return [startOf(schema)];
  while (is(items[left - 1], '.')) left -= 2;
  return is(items[left - 1], ...OPERATORS) ? [startOf(schema)] : [];
}
