import type { DialectName } from '../config/dialect-names.ts';

/** A piece of SQL other than white space. */
export interface SqlToken {
  /**
   * `word`: keywords, bare names and numbers. `name`: a quoted one. `parameter`: `$1`, `?`, `?1`, `:name`, `@name`.
   * `symbol`: one character.
   */
  readonly kind: 'word' | 'name' | 'string' | 'parameter' | 'comment' | 'symbol';
  readonly text: string;
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Whether the text ends within a string, a quoted name or a comment. */
  readonly open: boolean;
}

/** What servers take for white space, for SQLite a byte order mark too; any other, such as a no-break space, is a letter. */
const SPACE = String.raw`[\t-\r \ufeff]`;
const WORD = String.raw`[\w\u0080-\uffff][\w$\u0080-\uffff]*`;
const DOUBLE = `"[^"]*(?:""[^"]*)*"(?!")`;
const SINGLE = `'[^']*(?:''[^']*)*'(?!')`;
const SINGLE_ESCAPED = String.raw`'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*'(?!')`;
const DOUBLE_ESCAPED = String.raw`"[^"\\]*(?:(?:""|\\[^])[^"\\]*)*"(?!")`;
const BACKQUOTED = '`[^`]*(?:``[^`]*)*`(?!`)';
const BLOCK = String.raw`\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/`;
/** What could not be read to its end by the patterns for whole pieces. */
const OPEN = String.raw`(?:'|"|${'`'}|\/\*)[^]*`;

/** By dialect, what its scanner takes for one piece; the name of a group is the kind. Nested comments are Postgres's own. */
const SCANNERS: Readonly<Record<DialectName, RegExp>> = {
  postgres: scanner({
    comment: String.raw`--[^\n\r]*|\/\*`,
    string: String.raw`[eE]${SINGLE_ESCAPED}|(?:[uU]&|[bBxXnN])?${SINGLE}|(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[^]*?\k<tag>`,
    name: `(?:[uU]&)?${DOUBLE}`,
    parameter: String.raw`\$\d+|@[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*`,
  }),
  mysql: scanner({
    comment: String.raw`--(?=${SPACE}|$)[^\n]*|#[^\n]*|${BLOCK}`,
    string: `(?:[bBxXnN])?${SINGLE_ESCAPED}|${DOUBLE_ESCAPED}`,
    name: BACKQUOTED,
    // `@@name` is a variable of the server.
    parameter: String.raw`\?|(?<!@)@(?!@)[\w.$]*`,
  }),
  sqlite: scanner({
    comment: String.raw`--[^\n]*|${BLOCK}`,
    string: `[xX]?${SINGLE}`,
    name: String.raw`${DOUBLE}|${BACKQUOTED}|\[[^\]]*\]`,
    parameter: String.raw`\?\d*|[:@$][\w\u0080-\uffff]+`,
  }),
};

function scanner(kinds: Record<'comment' | 'string' | 'name' | 'parameter', string>): RegExp {
  const { comment, string, name, parameter } = kinds;
  return new RegExp(
    `${SPACE}+|(?<comment>${comment})|(?<string>${string})|(?<name>${name})|(?<parameter>${parameter})|(?<open>${OPEN})|(?<word>${WORD})|(?<symbol>[^])`,
    'y',
  );
}

/** Splits SQL as a dialect's own scanner does. Nothing that a text can hold makes this throw. */
export function* sqlTokens(
  text: string,
  dialect: DialectName,
  from = 0,
  to = text.length,
): Generator<SqlToken> {
  const limited = to === text.length ? text : text.slice(0, to);
  // Shared by all scans, since each says anew where to go on.
  const pattern = SCANNERS[dialect];
  let at = from;
  while (at < limited.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(limited);
    if (found === null) return;
    const start = at;
    const text = found[0];
    at = pattern.lastIndex;
    const kind = kindOf(found.groups ?? {});
    if (kind === null) continue;
    if (kind === 'open') {
      const openKind = text.startsWith('/*') ? 'comment' : text.startsWith("'") ? 'string' : 'name';
      yield { kind: openKind, text, start, end: at, open: true };
    } else if (text === '/*') {
      const end = endOfNested(limited, start);
      at = end ?? limited.length;
      yield { kind, text: limited.slice(start, at), start, end: at, open: end === null };
    } else yield { kind, text, start, end: at, open: false };
  }
}

type Groups = Readonly<Record<string, string | undefined>>;

/** @returns null for white space */
function kindOf(groups: Groups): SqlToken['kind'] | 'open' | null {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  if (groups['name'] !== undefined) return 'name';
  if (groups['parameter'] !== undefined) return 'parameter';
  if (groups['word'] !== undefined) return 'word';
  if (groups['open'] !== undefined) return 'open';
  return groups['symbol'] === undefined ? null : 'symbol';
}

/** Past the comment that starts there, with those inside of it; null where nothing ends it. */
function endOfNested(text: string, start: number): number | null {
  const pattern = /\/\*|\*\//g;
  pattern.lastIndex = start;
  let depth = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return pattern.lastIndex;
  }
  return null;
}
