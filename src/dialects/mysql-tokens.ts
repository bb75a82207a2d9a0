/** A piece of MySQL's SQL; the texts of all tokens together are the whole. */
export interface MysqlToken {
  /** `name`: in backquotes. `string`: in single or double quotes. `symbol`: one character. */
  readonly kind: 'space' | 'comment' | 'name' | 'string' | 'word' | 'symbol';
  readonly text: string;
}

const TOKEN =
  /(?<space>\s+)|(?<comment>--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<name>`(?:[^`]|``)*`?)|(?<string>'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"\\]|\\[\s\S]|"")*"?)|(?<word>[\w$.\u0080-\uffff]+)|(?<symbol>[\s\S])/gy;

/** Splits SQL as MySQL's own scanner does by default: no ANSI_QUOTES, backslashes escape in strings. */
export function mysqlTokens(sql: string): readonly MysqlToken[] {
  return [...sql.matchAll(TOKEN)].map(({ 0: text, groups = {} }): MysqlToken => {
    const { space, comment, name, string, word } = groups;
    if (space !== undefined) return { kind: 'space', text };
    if (comment !== undefined) return { kind: 'comment', text };
    if (name !== undefined) return { kind: 'name', text };
    if (string !== undefined) return { kind: 'string', text };
    return { kind: word === undefined ? 'symbol' : 'word', text };
  });
}

/** Whether a token is that keyword or symbol. */
export function isToken(token: MysqlToken | undefined, text: string): boolean {
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'symbol')) return false;
  return token.text.toUpperCase() === text;
}

/** What stands in a name's backquotes. */
export function unquotedName(token: MysqlToken): string {
  return token.kind === 'name' ? token.text.slice(1, -1).replaceAll('``', '`') : token.text;
}

/** Tokens up to each semicolon, with that and the rest of its line. What follows the last one stands alone. */
export function mysqlStatements(sql: string): readonly (readonly MysqlToken[])[] {
  const statements: MysqlToken[][] = [];
  let current: MysqlToken[] = [];
  let ended = false;
  const begin = (): void => {
    if (current.length > 0) statements.push(current);
    current = [];
    ended = false;
  };
  for (const token of mysqlTokens(sql)) {
    const newline = token.kind === 'space' ? token.text.indexOf('\n') : -1;
    if (ended && newline !== -1) {
      current.push({ kind: 'space', text: token.text.slice(0, newline + 1) });
      begin();
      if (newline + 1 < token.text.length)
        current.push({ kind: 'space', text: token.text.slice(newline + 1) });
      continue;
    }
    if (ended && token.kind !== 'space') begin();
    current.push(token);
    ended ||= isToken(token, ';');
  }
  begin();
  return statements;
}

export function textOf(tokens: readonly MysqlToken[]): string {
  return tokens.map(({ text }) => text).join('');
}
