import type { HclElement } from '../../format/hcl-file.ts';
import { isToken, type MysqlToken, textOf } from '../mysql-tokens.ts';
import { MYSQL_DEFAULT } from './collations.ts';
import type { Edit } from './edits.ts';
import { operandEnd, operandOf, type SqlElement } from './sql-elements.ts';
import { attributeOf } from './supported.ts';

/**
 * One construct that MariaDB takes or shows in another way than MySQL 8. What no row is about comes out of both the
 * same, or is refused.
 */
export interface Row {
  readonly construct: string;
  /** Rewrites a block of the HCL: MySQL's collations are in `standIns`, with what they become. */
  in?(block: HclElement, standIns: ReadonlyMap<string, string>): readonly Edit[];
  /** Rewrites a part of a CREATE TABLE that Atlas wrote on MariaDB; null leaves it out. */
  out?(element: SqlElement): readonly MysqlToken[] | null;
}

/** The table. Collations on the way out are words wherever they stand: `collationsBack` has them. */
export const ROWS: readonly Row[] = [
  {
    construct: 'a collation of MySQL alone',
    in(block, standIns) {
      const value = attributeOf(block, 'collate')?.value;
      const standIn = value?.kind === 'string' ? standIns.get(value.text) : undefined;
      return standIn === undefined || value === undefined
        ? []
        : [{ start: value.start, end: value.end, text: `"${standIn}"` }];
    },
  },
  {
    construct: 'charset utf8mb4 without a collation',
    in(block, standIns) {
      const charset = attributeOf(block, 'charset');
      if (charset?.value.kind !== 'string' || charset.value.text !== 'utf8mb4') return [];
      if (attributeOf(block, 'collate') !== undefined) return [];
      const text = `\n  collate = "${standIns.get(MYSQL_DEFAULT)}"`;
      return [{ start: charset.end, end: charset.end, text }];
    },
  },
  {
    construct: 'a foreign key without an action',
    in(block) {
      if (block.type !== 'foreign_key') return [];
      const missing = ['on_update', 'on_delete'].filter((name) => attributeOf(block, name) === undefined);
      const text = missing.map((name) => `\n  ${name} = NO_ACTION`).join('');
      return text === '' ? [] : [{ start: block.bodyStart, end: block.bodyStart, text }];
    },
  },
  {
    construct: 'a literal default',
    out: (element) =>
      rewriteDefault(element, ([value, ...rest]) =>
        value?.kind === 'string' && rest.length === 0 && !isBinary(element)
          ? goQuoted(contentOf(value))
          : null,
      ),
  },
  {
    construct: 'a binary default',
    out: (element) =>
      rewriteDefault(element, ([value, ...rest]) =>
        value?.kind === 'string' && rest.length === 0 && isBinary(element)
          ? `0x${Buffer.from(contentOf(value)).toString('hex').toUpperCase()}`
          : null,
      ),
  },
  {
    construct: 'CURRENT_TIMESTAMP as a default',
    out: (element) => rewriteDefault(element, (value) => currentTimestamp(textOf(value))),
  },
  {
    construct: 'ON UPDATE CURRENT_TIMESTAMP',
    out: (element) => rewriteOperand(element, ['ON', 'UPDATE'], (value) => currentTimestamp(textOf(value))),
  },
  {
    construct: 'the type year',
    out(element) {
      if (element.type !== 'year') return element.tokens;
      const at = element.tokens.findIndex((token) => isToken(token, 'YEAR'));
      const typed = replaced(element.tokens, at, operandEnd(element.tokens, at), 'year');
      return rewriteDefault({ ...element, tokens: typed }, (value) => {
        const year = /^\((\d{4})\)$/.exec(textOf(value))?.[1];
        return year === undefined ? null : `"${year}"`;
      });
    },
  },
  {
    construct: 'the type geometrycollection',
    out: ({ tokens, type }) =>
      type === 'geometrycollection'
        ? tokens.map((token) =>
            isToken(token, 'GEOMETRYCOLLECTION') ? { ...token, text: 'geomcollection' } : token,
          )
        : tokens,
  },
  {
    construct: 'the check that MariaDB gives a json column',
    out({ tokens }) {
      const [constraint, name, check] = tokens.filter(({ kind }) => kind !== 'space');
      if (!isToken(constraint, 'CONSTRAINT') || !isToken(check, 'CHECK') || name === undefined) return tokens;
      const operand = operandOf(tokens, 'CHECK');
      const expression = textOf(tokens.slice(operand, operandEnd(tokens, operand)));
      return name.kind === 'name' && expression === `(json_valid(${name.text}))` ? null : tokens;
    },
  },
];

function isBinary({ type }: SqlElement): boolean {
  return type === 'binary' || type === 'varbinary';
}

/** `(current_timestamp(6))` and `current_timestamp()`, in or out of parentheses. */
function currentTimestamp(text: string): string | null {
  const found = /^\(?current_timestamp\((\d?)\)\)?$/i.exec(text);
  if (found === null) return null;
  return found[1] ? `CURRENT_TIMESTAMP(${found[1]})` : 'CURRENT_TIMESTAMP';
}

/** What a string literal of MariaDB holds. */
function contentOf({ text }: MysqlToken): string {
  const quote = text.charAt(0);
  return text
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replace(/\\(.)/g, '$1');
}

/** As Go's `strconv.Quote` writes printable ASCII, which Atlas uses for what MySQL reports without quotes. */
function goQuoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

type Rewrite = (value: readonly MysqlToken[]) => string | null;

function rewriteDefault(element: SqlElement, rewrite: Rewrite): readonly MysqlToken[] {
  return rewriteOperand(element, ['DEFAULT'], rewrite);
}

/** Puts another text in the place of a keyword's operand in a column, where `rewrite` has one. */
function rewriteOperand(
  { tokens, column }: SqlElement,
  keywords: readonly string[],
  rewrite: Rewrite,
): readonly MysqlToken[] {
  const start = column === null ? -1 : operandOf(tokens, ...keywords);
  if (start === -1) return tokens;
  const end = operandEnd(tokens, start);
  const text = rewrite(tokens.slice(start, end));
  return text === null ? tokens : replaced(tokens, start, end, text);
}

function replaced(
  tokens: readonly MysqlToken[],
  start: number,
  end: number,
  text: string,
): readonly MysqlToken[] {
  return [...tokens.slice(0, start), { kind: 'word', text }, ...tokens.slice(end)];
}

/** The collations that stood in, as the words that they are in SQL, turned into what they stood for. */
export function collationsBack(
  tokens: readonly MysqlToken[],
  standIns: ReadonlyMap<string, string>,
): readonly MysqlToken[] {
  const originals = new Map([...standIns].map(([mysql, mariadb]) => [mariadb, mysql]));
  return tokens.map((token) => {
    const original = token.kind === 'word' ? originals.get(token.text) : undefined;
    return original === undefined ? token : { ...token, text: original };
  });
}
