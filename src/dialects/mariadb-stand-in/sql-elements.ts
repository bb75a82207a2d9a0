import { isToken, type MysqlToken, unquotedName } from '../mysql-tokens.ts';

/** One of the comma-separated parts of a CREATE TABLE: a column, an index or a constraint. */
export interface SqlElement {
  readonly tokens: readonly MysqlToken[];
  /** The column's name; null for anything else. */
  readonly column: string | null;
  /** The first word of the column's type. */
  readonly type: string | null;
}

/** A CREATE TABLE in the parts around and between its elements; any other statement has no elements. */
export interface SqlStatement {
  readonly head: readonly MysqlToken[];
  readonly elements: readonly SqlElement[];
  readonly tail: readonly MysqlToken[];
}

/** Commas and parentheses stand between head, elements and tail and are put back by `joinStatement`. */
export function splitStatement(tokens: readonly MysqlToken[]): SqlStatement {
  const words = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const opening = tokens.findIndex((token) => isToken(token, '('));
  if (!isToken(words[0], 'CREATE') || !isToken(words[1], 'TABLE') || opening === -1) {
    return { head: tokens, elements: [], tail: [] };
  }
  const elements: MysqlToken[][] = [[]];
  let depth = 0;
  let index = opening + 1;
  for (; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || (depth === 0 && isToken(token, ')'))) break;
    if (isToken(token, '(')) depth += 1;
    if (isToken(token, ')')) depth -= 1;
    if (depth === 0 && isToken(token, ',')) elements.push([]);
    else elements.at(-1)?.push(token);
  }
  // The line end before the closing parenthesis is no part of the last element, which may be left out.
  const last = elements.at(-1);
  const end = last?.at(-1)?.kind === 'space' ? last.splice(-1) : [];
  return {
    head: tokens.slice(0, opening + 1),
    elements: elements.map(elementOf),
    tail: [...end, ...tokens.slice(index)],
  };
}

const COMMA: MysqlToken = { kind: 'symbol', text: ',' };

export function joinStatement({ head, elements, tail }: SqlStatement): readonly MysqlToken[] {
  const parts = elements.flatMap(({ tokens }, index) => (index === 0 ? tokens : [COMMA, ...tokens]));
  return [...head, ...parts, ...tail];
}

export function elementOf(tokens: readonly MysqlToken[]): SqlElement {
  const [first, second] = tokens.filter(({ kind }) => kind !== 'space');
  return first?.kind === 'name'
    ? { tokens, column: unquotedName(first), type: second?.text.toLowerCase() ?? null }
    : { tokens, column: null, type: null };
}

/** The tokens from one on: a pair of parentheses with what is in it, or a word with the parentheses right behind it. */
export function operandEnd(tokens: readonly MysqlToken[], start: number): number {
  const opening = isToken(tokens[start], '(') ? start : start + 1;
  if (!isToken(tokens[opening], '(')) return start + 1;
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    if (isToken(tokens[index], '(')) depth += 1;
    if (isToken(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

/** Where a keyword's operand begins, or -1. */
export function operandOf(tokens: readonly MysqlToken[], ...keywords: readonly string[]): number {
  for (let index = 0; index < tokens.length; index += 1) {
    let at = index;
    const found = keywords.every((keyword) => {
      if (!isToken(tokens[at], keyword)) return false;
      at += tokens[at + 1]?.kind === 'space' ? 2 : 1;
      return true;
    });
    if (found) return at;
  }
  return -1;
}
