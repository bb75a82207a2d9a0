import type { InsertStmt, Node, RangeVar, ReturningClause, SelectStmt } from 'libpg-query';
import { offsetOf } from '../steps/convert/syntax-tree.ts';
import { rowBoundOf } from './postgres-row-bound.ts';
import { eachNode, isNode, isStar } from './postgres-tree.ts';
import { NO_FACTS, type QueryFacts, type StarRole } from './query-facts.ts';

/** Reads a statement's syntax tree once for all that rules ask. */
export function postgresFacts(stmt: Node, text: string, placeOf: (byte: number) => number): QueryFacts {
  const reader = new FactReader(text, placeOf);
  reader.read(stmt, 'result');
  return { ...NO_FACTS, ...reader.facts(), verb: verbOf(stmt), rows: rowBoundOf(stmt) };
}

function verbOf(stmt: Node): QueryFacts['verb'] {
  if ('SelectStmt' in stmt) return 'select';
  if ('InsertStmt' in stmt) return 'insert';
  if ('UpdateStmt' in stmt) return 'update';
  return 'DeleteStmt' in stmt ? 'delete' : 'other';
}

/** In EXISTS no column is read, whatever stands for it. */
type Role = StarRole | 'exists';

class FactReader {
  private readonly stars: { start: number; role: StarRole }[] = [];
  private readonly unbounded: { start: number; verb: 'UPDATE' | 'DELETE'; table: string }[] = [];
  private readonly positionalInserts: { start: number; table: string }[] = [];
  private readonly unorderedOffsets: number[] = [];

  private readonly text: string;
  private readonly placeOf: (byte: number) => number;

  constructor(text: string, placeOf: (byte: number) => number) {
    this.text = text;
    this.placeOf = placeOf;
  }

  facts(): Pick<QueryFacts, 'stars' | 'unbounded' | 'positionalInserts' | 'unorderedOffsets'> {
    const { stars, unbounded, positionalInserts, unorderedOffsets } = this;
    return { stars, unbounded, positionalInserts, unorderedOffsets };
  }

  /** @param role of the stars of the statement that the value is, if it is one */
  read(value: unknown, role: Role): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.read(item, 'inside');
      return;
    }
    if (isNode(value) && this.readStatement(value, role)) return;
    for (const field of Object.values(value)) this.read(field, 'inside');
  }

  /** @returns false for a node that has no meaning of its own here */
  private readStatement(node: Node, role: Role): boolean {
    if ('SelectStmt' in node) this.readSelect(node.SelectStmt, role);
    else if ('InsertStmt' in node) this.readInsert(node.InsertStmt);
    else if ('UpdateStmt' in node) this.readChange('UPDATE', node.UpdateStmt);
    else if ('DeleteStmt' in node) this.readChange('DELETE', node.DeleteStmt);
    else if ('SubLink' in node) {
      const { subselect, testexpr, subLinkType } = node.SubLink;
      this.read(testexpr, 'inside');
      this.read(subselect, subLinkType === 'EXISTS_SUBLINK' ? 'exists' : 'inside');
    } else return false;
    return true;
  }

  private readSelect(select: SelectStmt, role: Role): void {
    const { larg, rarg, targetList, ...others } = select;
    if (larg !== undefined && rarg !== undefined) {
      const side = role === 'exists' || tableOfStar(select) !== null ? role : 'set-operation';
      this.readSelect(larg, side);
      this.readSelect(rarg, side);
    }
    this.readTargets(targetList, role);
    for (const field of Object.values(others)) this.read(field, 'inside');
    if (select.limitOffset !== undefined && isUnordered(select)) {
      const place = this.placeOf(firstByte(select.limitOffset));
      this.unorderedOffsets.push(keywordBefore(this.text, 'OFFSET', place));
    }
  }

  private readInsert({ relation, cols, selectStmt, returningClause, ...others }: InsertStmt): void {
    if (cols === undefined && selectStmt !== undefined) {
      this.positionalInserts.push({ start: this.tablePlace(relation), table: relation?.relname ?? '' });
    }
    this.read(selectStmt, 'insert');
    this.readReturning(returningClause);
    for (const field of Object.values(others)) this.read(field, 'inside');
  }

  private readChange(
    verb: 'UPDATE' | 'DELETE',
    change: { relation?: RangeVar; whereClause?: Node; returningClause?: ReturningClause },
  ): void {
    const { relation, returningClause, ...others } = change;
    if (change.whereClause === undefined) {
      const start = keywordBefore(this.text, verb, this.tablePlace(relation));
      this.unbounded.push({ start, verb, table: relation?.relname ?? '' });
    }
    this.readReturning(returningClause);
    for (const field of Object.values(others)) this.read(field, 'inside');
  }

  private readReturning(clause: ReturningClause | undefined): void {
    this.readTargets(clause?.exprs, 'returning');
  }

  private readTargets(targets: readonly Node[] | undefined, role: Role): void {
    for (const target of targets ?? []) {
      const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
      if (value !== undefined && 'ColumnRef' in value && isStar(value.ColumnRef)) {
        const start = this.placeOf(value.ColumnRef.location ?? 0);
        if (role !== 'exists') this.stars.push({ start, role });
      } else this.read(target, 'inside');
    }
  }

  private tablePlace(relation: RangeVar | undefined): number {
    return this.placeOf(relation?.location ?? 0);
  }
}

/**
 * The one table of which a selection, or each side of a set operation, takes `*` and nothing else, so that the sides
 * always have the same columns; null where it is no such one.
 */
function tableOfStar({ larg, rarg, targetList = [], fromClause = [] }: SelectStmt): string | null {
  if (larg !== undefined && rarg !== undefined) {
    const table = tableOfStar(larg);
    return table !== null && table === tableOfStar(rarg) ? table : null;
  }
  const [target, ...targets] = targetList;
  const [from, ...others] = fromClause;
  if (target === undefined || targets.length > 0 || from === undefined || others.length > 0) return null;
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
  if (value === undefined || !('ColumnRef' in value) || !isStar(value.ColumnRef)) return null;
  return 'RangeVar' in from ? JSON.stringify([from.RangeVar.schemaname, from.RangeVar.relname]) : null;
}

/** Where a selection inside is ordered, so is in practice what passes its rows on. */
function isUnordered({ sortClause, fromClause = [] }: SelectStmt): boolean {
  if (sortClause !== undefined) return false;
  const [from, ...others] = fromClause;
  if (from === undefined) return false;
  if (others.length > 0 || !('RangeSubselect' in from)) return true;
  const { subquery } = from.RangeSubselect;
  return subquery !== undefined && 'SelectStmt' in subquery && subquery.SelectStmt.sortClause === undefined;
}

/** The tree knows where a table or a value stands, and a person looks for the word before it. */
function keywordBefore(text: string, keyword: string, place: number): number {
  const from = Math.max(0, place - 200);
  const found = [...text.slice(from, place).matchAll(new RegExp(`\\b${keyword}\\b`, 'gi'))].at(-1);
  return found === undefined ? place : from + found.index;
}

/** Of the first of all parts, in bytes: that of an operator is its own. */
function firstByte(node: Node): number {
  let first = Number.POSITIVE_INFINITY;
  eachNode(node, (part) => {
    first = Math.min(first, offsetOf(part) ?? first);
    return true;
  });
  return first === Number.POSITIVE_INFINITY ? 0 : first;
}
