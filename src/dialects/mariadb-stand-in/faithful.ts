import type { HclElement, HclFile } from '../../format/hcl-file.ts';
import { isToken, type MysqlToken, unquotedName } from '../mysql-tokens.ts';
import { unsupported } from './refusal.ts';
import { operandOf, splitStatement } from './sql-elements.ts';
import { attributeOf, ofType } from './supported.ts';

/**
 * Holds a plan against the schema for what a MariaDB of another version or with other settings adds or leaves out by
 * itself: a timestamp's default and ON UPDATE, the direction of an index's column.
 *
 * @param statements of the plan, in MySQL's words
 * @throws CheckError `stand-in-unsupported` at the column or index that came out otherwise
 */
export function requireFaithful(
  files: readonly (HclFile & { readonly path: string })[],
  statements: readonly (readonly MysqlToken[])[],
): void {
  const planned = new Map<string, readonly MysqlToken[]>();
  for (const statement of statements) {
    const { head, elements } = splitStatement(statement);
    const table = head.findLast(({ kind }) => kind === 'name');
    if (table === undefined) continue;
    for (const { tokens } of elements) {
      const name = tokens.find(({ kind }) => kind === 'name');
      const kind = isToken(
        tokens.find((token) => token.kind === 'word'),
        'CONSTRAINT',
      )
        ? 'constraint'
        : 'other';
      if (name !== undefined && kind === 'other') planned.set(key(unquotedName(table), tokens, name), tokens);
    }
  }
  for (const { path, blocks } of files) {
    for (const table of ofType({ blocks }, 'table')) {
      for (const column of ofType(table, 'column')) {
        const tokens = planned.get(`${table.labels[0]} column ${column.labels[0]}`);
        if (tokens !== undefined && !isFaithfulColumn(column, tokens)) {
          throw unsupported(
            `"${column.labels[0]}", which came out with another default or ON UPDATE`,
            path,
            column,
          );
        }
      }
      for (const index of ofType(table, 'index')) {
        const tokens = planned.get(`${table.labels[0]} index ${index.labels[0]}`);
        const wanted = ofType(index, 'on').filter((on) => isTrue(on, 'desc')).length;
        const found = tokens?.filter((token) => isToken(token, 'DESC')).length ?? wanted;
        if (found !== wanted) throw unsupported('desc, which needs MariaDB 10.8', path, index);
      }
    }
  }
}

/** An element that begins with a name is a column. */
function key(table: string, tokens: readonly MysqlToken[], name: MysqlToken): string {
  const first = tokens.find(({ kind }) => kind !== 'space' && kind !== 'comment');
  return `${table} ${first === name ? 'column' : 'index'} ${unquotedName(name)}`;
}

function isFaithfulColumn(column: HclElement, tokens: readonly MysqlToken[]): boolean {
  const has = (...keywords: string[]) => operandOf(tokens, ...keywords) !== -1;
  return (
    has('DEFAULT') === (attributeOf(column, 'default') !== undefined) &&
    has('ON', 'UPDATE') === (attributeOf(column, 'on_update') !== undefined)
  );
}

function isTrue(block: HclElement, name: string): boolean {
  const value = attributeOf(block, name)?.value;
  return value?.kind === 'bool' && value.value;
}
