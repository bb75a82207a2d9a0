import type { SqlToken } from '../dialects/sql-tokens.ts';

/** A token, or what stands in a pair of parentheses. */
export type TokenItem =
  | { readonly kind: 'token'; readonly token: SqlToken }
  | { readonly kind: 'group'; readonly start: number; readonly items: readonly TokenItem[] };

export interface TokenTree {
  readonly items: readonly TokenItem[];
  /** How many parentheses stand in each other at most. */
  readonly depth: number;
  /** The first parenthesis that has no other; null where each has one. */
  readonly unbalanced: { readonly start: number; readonly text: '(' | ')' } | null;
}

/** Puts what stands in parentheses together. */
export function tokenTree(tokens: readonly SqlToken[]): TokenTree {
  const top: TokenItem[] = [];
  const open: { readonly start: number; readonly items: TokenItem[] }[] = [];
  let unbalanced: TokenTree['unbalanced'] = null;
  let depth = 0;
  for (const token of tokens) {
    const current = open.at(-1)?.items ?? top;
    if (token.kind !== 'symbol' || (token.text !== '(' && token.text !== ')')) {
      current.push({ kind: 'token', token });
    } else if (token.text === '(') {
      const group = { start: token.start, items: [] };
      current.push({ kind: 'group', ...group });
      open.push(group);
      depth = Math.max(depth, open.length);
    } else if (open.pop() === undefined) unbalanced ??= { start: token.start, text: ')' };
  }
  const [first] = open;
  if (unbalanced === null && first !== undefined) unbalanced = { start: first.start, text: '(' };
  return { items: top, depth, unbalanced };
}

/** Whether an item is that bare word, whatever its case, or that symbol. */
export function is(item: TokenItem | undefined, ...texts: readonly string[]): boolean {
  if (item === undefined || item.kind !== 'token') return false;
  const { kind, text } = item.token;
  return (kind === 'word' || kind === 'symbol') && texts.includes(text.toUpperCase());
}

export function startOf(item: TokenItem): number {
  return item.kind === 'group' ? item.start : item.token.start;
}

/** Whether an item names something: a word or a quoted name. */
export function nameOf(item: TokenItem | undefined): string | null {
  if (item === undefined || item.kind !== 'token') return null;
  const { kind, text } = item.token;
  if (kind === 'name') return text.slice(1, -1);
  return kind === 'word' ? text : null;
}
