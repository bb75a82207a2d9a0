import { NO_FACTS, type QueryFacts, type StarRole } from './query-facts.ts';
import { lostSlice } from './token-slices.ts';
import { is, nameOf, startOf, type TokenItem } from './token-tree.ts';

type Facts = {
  readonly [Key in
    | 'stars'
    | 'unbounded'
    | 'positionalInserts'
    | 'unorderedOffsets'
    | 'lostSlices']: QueryFacts[Key][number][];
};

/** In EXISTS no column is read, whatever stands for it. */
type Role = StarRole | 'exists';

const VERBS = ['SELECT', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE', 'VALUES'];
const SET_OPERATIONS = ['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'];
const BEFORE_TABLE = [
  'OR',
  'ROLLBACK',
  'ABORT',
  'REPLACE',
  'FAIL',
  'IGNORE',
  'LOW_PRIORITY',
  'HIGH_PRIORITY',
  'DELAYED',
  'QUICK',
  'ONLY',
  'INTO',
  'FROM',
];

/**
 * Reads what rules ask off the words of a statement. It needs no grammar, since every question is about the clauses of
 * one pair of parentheses, and so it never refuses what a server or sqlc would take.
 */
export function tokenFacts(items: readonly TokenItem[]): QueryFacts {
  const facts: Facts = {
    stars: [],
    unbounded: [],
    positionalInserts: [],
    unorderedOffsets: [],
    lostSlices: [],
  };
  readLevel(items, 'result', facts);
  const stars = facts.stars.toSorted((left, right) => left.start - right.start);
  return { ...NO_FACTS, ...facts, stars, verb: verbOf(items) };
}

function verbOf(items: readonly TokenItem[]): QueryFacts['verb'] {
  const verb = items.find((item) => is(item, ...VERBS));
  if (is(verb, 'SELECT', 'VALUES')) return 'select';
  if (is(verb, 'INSERT', 'REPLACE')) return 'insert';
  if (is(verb, 'UPDATE')) return 'update';
  return is(verb, 'DELETE') ? 'delete' : 'other';
}

/** @param role of the stars of a selection that stands right there */
function readLevel(items: readonly TokenItem[], role: Role, facts: Facts): void {
  const at = items.findIndex((item) => is(item, ...VERBS));
  const isStatement = at === 0 || (at > 0 && (is(items[0], 'WITH', 'EXPLAIN') || items[0]?.kind === 'group'));
  if (isStatement) readStatement(items, at, role, facts);
  items.forEach((item, index) => {
    if (is(item, 'IN')) facts.lostSlices.push(...lostSlice(items, index));
    if (item.kind !== 'group') return;
    const inner = is(items[index - 1], 'EXISTS') ? 'exists' : groupRole(items, isStatement, role);
    readLevel(item.items, inner, facts);
  });
}

/** A side of a set operation can stand in parentheses of its own, and so can a whole selection. */
function groupRole(items: readonly TokenItem[], isStatement: boolean, role: Role): Role {
  if (!isStatement || items[0]?.kind !== 'group') return 'inside';
  const isSide = items.some((item) => is(item, ...SET_OPERATIONS)) && tableOfStars(items) === null;
  return isSide && role !== 'exists' ? 'set-operation' : 'inside';
}

/**
 * The one table of which each side of a set operation takes `*` and nothing else, so that the sides always have the same
 * columns; null where it is no such one.
 */
function tableOfStars(items: readonly TokenItem[]): string | null {
  const sides: TokenItem[][] = [[]];
  for (const item of items) {
    if (is(item, ...SET_OPERATIONS)) sides.push([]);
    else sides.at(-1)?.push(item);
  }
  const tables = new Set(sides.map(tableOfStar));
  const [table = null] = tables;
  return tables.size === 1 ? table : null;
}

function tableOfStar(side: readonly TokenItem[]): string | null {
  const [first, ...more] = side.filter((item) => !is(item, 'ALL', 'DISTINCT'));
  if (first?.kind === 'group') return tableOfStar(first.items);
  const [star, from, table] = more;
  const isOne = is(first, 'SELECT') && is(star, '*') && is(from, 'FROM');
  return isOne && !more.slice(3).some((item) => is(item, '.', ',', 'JOIN', 'STRAIGHT_JOIN'))
    ? nameOf(table)
    : null;
}

function readStatement(items: readonly TokenItem[], at: number, role: Role, facts: Facts): void {
  const verb = items[at];
  const rest = items.slice(at + 1);
  const has = (...words: readonly string[]): boolean => rest.some((item) => is(item, ...words));
  const isInsert = is(verb, 'INSERT', 'REPLACE');
  const own: Role = isInsert ? 'insert' : role;
  const isUneven = has(...SET_OPERATIONS) && tableOfStars(items.slice(at)) === null;
  const selections = isUneven && own !== 'exists' ? 'set-operation' : own;
  readStars(items, at, selections, facts);
  if (isInsert) readInsert(rest, facts);
  else if (is(verb, 'SELECT', 'VALUES')) readOffset(rest, facts);
  else if (verb !== undefined && !has('WHERE', 'JOIN', 'LIMIT')) {
    const name = is(verb, 'UPDATE') ? ('UPDATE' as const) : ('DELETE' as const);
    facts.unbounded.push({ start: startOf(verb), verb: name, table: firstTable(rest)?.name ?? '' });
  }
}

/** The table that a statement changes, without its schema, and the index of what stands behind it. */
function firstTable(rest: readonly TokenItem[]): { start: number; name: string; next: number } | null {
  const at = rest.findIndex((item) => nameOf(item) !== null && !is(item, ...BEFORE_TABLE));
  const first = rest[at];
  if (first === undefined) return null;
  let next = at + 1;
  while (is(rest[next], '.')) next += 2;
  return { start: startOf(first), name: nameOf(rest[next - 1]) ?? '', next };
}

const BEFORE_STAR = ['SELECT', 'DISTINCT', 'DISTINCTROW', 'ALL', 'RETURNING', ',', '.'];
const ENDS_RESULT = ['FROM', 'INTO', 'WHERE', 'SET', 'VALUES', 'VALUE', 'LIMIT'];

function readStars(items: readonly TokenItem[], from: number, selections: Role, facts: Facts): void {
  let role: Role | null = null;
  let previous: TokenItem | undefined;
  let start: number | null = null;
  for (const item of items.slice(from)) {
    if (is(item, 'SELECT')) role = selections;
    else if (is(item, 'RETURNING')) role = 'returning';
    else if (is(item, ...ENDS_RESULT)) role = null;
    // A star for `t.*` is shown where the name of the table starts.
    if (nameOf(item) !== null && !is(previous, '.')) start = startOf(item);
    const stands = role !== null && role !== 'exists' && is(item, '*') && is(previous, ...BEFORE_STAR);
    if (stands && role !== null && role !== 'exists') {
      facts.stars.push({ start: is(previous, '.') && start !== null ? start : startOf(item), role });
    }
    previous = item;
  }
}

function readInsert(rest: readonly TokenItem[], facts: Facts): void {
  const table = firstTable(rest);
  if (table === null) return;
  const { start, name } = table;
  let { next } = table;
  if (is(rest[next], 'AS')) next += 2;
  if (is(rest[next], 'PARTITION')) next += 2;
  const first = rest[next];
  const inside = first?.kind === 'group' ? first.items[0] : undefined;
  const takesRows = is(first, 'VALUES', 'VALUE', 'SELECT', 'WITH', 'TABLE') || is(inside, 'SELECT', 'WITH');
  if (takesRows) facts.positionalInserts.push({ start, table: name });
}

function readOffset(rest: readonly TokenItem[], facts: Facts): void {
  const limit = rest.findLastIndex((item) => is(item, 'LIMIT'));
  const from = rest.findIndex((item) => is(item, 'FROM'));
  if (limit === -1 || from === -1 || rest.some((item) => is(item, 'ORDER'))) return;
  const source = rest[from + 1];
  // Where a selection inside is ordered, so is in practice what passes its rows on.
  if (source?.kind === 'group' && source.items.some((item) => is(item, 'ORDER'))) return;
  const offset = rest.slice(limit).find((item) => is(item, 'OFFSET', ','));
  const place = is(offset, ',') ? rest[limit] : offset;
  if (place !== undefined) facts.unorderedOffsets.push(startOf(place));
}
