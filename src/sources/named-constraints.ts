import type { DialectName } from '../config/dialect-names.ts';
import { type SqlToken, sqlTokens } from '../dialects/sql-tokens.ts';

/** A name of an index or a constraint in a query; the place counts UTF-16 units. */
export interface NamedConstraint {
  readonly name: string;
  readonly start: number;
}

/** What has to be in a text that names one, so that few are split into tokens. */
const MAY_NAME = /\/\*\+|\b(?:constraint|index|key|indexed)\b/i;

/**
 * The indexes and constraints that queries name: `ON CONFLICT ON CONSTRAINT x`, `USE INDEX (x)`, `INDEXED BY x`. Of a
 * hint for the planner it is every word, since each kind of hint has a syntax of its own.
 */
export function namedConstraints(sql: string, dialect: DialectName): readonly NamedConstraint[] {
  if (!MAY_NAME.test(sql)) return [];
  const tokens = [...sqlTokens(sql, dialect)];
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  const hints = tokens.filter(({ kind, text }) => kind === 'comment' && text.startsWith('/*+'));
  return [
    ...hints.flatMap(({ text, start }) =>
      [...text.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)].map((word) => ({
        name: word[0],
        start: start + word.index,
      })),
    ),
    ...code.flatMap((_, at) => namesBehind(code, at)),
  ].toSorted((left, right) => left.start - right.start);
}

const isWord = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toUpperCase());

function namesBehind(code: readonly SqlToken[], at: number): readonly NamedConstraint[] {
  const [first, second, third] = [code[at], code[at + 1], code[at + 2]];
  const isOne = isWord(first, 'ON') && isWord(second, 'CONSTRAINT');
  if (isOne || (isWord(first, 'INDEXED') && isWord(second, 'BY')))
    return third === undefined ? [] : [named(third)];
  if (!isWord(first, 'USE', 'FORCE', 'IGNORE') || !isWord(second, 'INDEX', 'KEY')) return [];
  let open = at + 2;
  while (isWord(code[open], 'FOR', 'JOIN', 'ORDER', 'GROUP', 'BY')) open += 1;
  if (code[open]?.text !== '(') return [];
  const names: NamedConstraint[] = [];
  for (const token of code.slice(open + 1)) {
    if (token.text === ')') break;
    if (token.kind === 'word' || token.kind === 'name') names.push(named(token));
  }
  return names;
}

function named({ text, start }: SqlToken): NamedConstraint {
  return { name: text.replace(/^["`[]|["`\]]$/g, ''), start };
}
