import type { Dialect, SchemaStatement } from './dialect.ts';

/** What SQLite reads as one piece: https://www.sqlite.org/lang.html. Comments and white space match none of the groups. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<other>'(?:[^']|'')*'|[\s\S])/gu;

interface Token {
  /** A word, or the name in quotes; a string or a sign as it is. */
  readonly text: string;
  /** Whether it is a bare word, which may be a keyword. */
  readonly bare: boolean;
  readonly end: number;
}

/** SQLite has no server and no migrations of its own here: its schemas are converted from those of another dialect. */
export const sqlite: Dialect = {
  name: 'sqlite',
  async splitSchema(sql) {
    const statements: SchemaStatement[] = [];
    let start = 0;
    let tokens: Token[] = [];
    for (const token of tokensOf(sql)) {
      tokens.push(token);
      if (!endsStatement(tokens)) continue;
      const newline = sql.indexOf('\n', token.end);
      const onlySpace = newline !== -1 && sql.slice(token.end, newline).trim() === '';
      const end = onlySpace ? newline + 1 : token.end;
      statements.push(statement(sql.slice(start, end), tokens));
      start = end;
      tokens = [];
    }
    if (start < sql.length) statements.push(statement(sql.slice(start), tokens));
    return statements;
  },
};

function* tokensOf(sql: string): Generator<Token> {
  for (const { index, groups = {}, ...match } of sql.matchAll(TOKEN)) {
    const { quoted, word, other } = groups;
    const end = index + match[0].length;
    if (quoted !== undefined) yield { text: unquoted(quoted), bare: false, end };
    else if (word !== undefined) yield { text: word, bare: true, end };
    else if (other !== undefined) yield { text: other, bare: false, end };
  }
}

function unquoted(name: string): string {
  const quote = name.slice(-1);
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}

/** A trigger holds statements with semicolons of their own; it ends with END. */
function endsStatement(tokens: readonly Token[]): boolean {
  if (tokens.at(-1)?.text !== ';') return false;
  const isTrigger = tokens.slice(0, 3).some((token) => isKeyword(token, 'TRIGGER'));
  return !isTrigger || isKeyword(tokens.at(-2), 'END');
}

function isKeyword(token: Token | undefined, word: string): boolean {
  return token?.bare === true && token.text.toUpperCase() === word;
}

function statement(text: string, tokens: readonly Token[]): SchemaStatement {
  const kind = ['TABLE', 'INDEX', 'TRIGGER'].find((word) =>
    tokens.slice(1, 4).some((token) => isKeyword(token, word)),
  );
  if (!isKeyword(tokens[0], 'CREATE') || kind === undefined) return { text, object: null, references: null };
  const table = kind === 'TABLE' ? nameAfter(tokens, kind) : nameAfter(tokens, 'ON');
  return {
    text,
    object: table === null ? null : { kind: 'table', name: table },
    references: kind === 'TABLE' ? namesAfter(tokens, 'REFERENCES') : null,
  };
}

function nameAfter(tokens: readonly Token[], keyword: string): string | null {
  const at = tokens.findIndex((token) => isKeyword(token, keyword)) + 1;
  if (at === 0) return null;
  const skipped = isKeyword(tokens[at], 'IF') ? at + 3 : at;
  return tokens[skipped]?.text ?? null;
}

function namesAfter(tokens: readonly Token[], keyword: string): readonly string[] {
  return tokens.flatMap((token, index) => {
    const name = tokens[index + 1];
    return isKeyword(token, keyword) && name !== undefined ? [name.text] : [];
  });
}
