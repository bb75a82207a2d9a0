import type { IndexElem, IndexStmt } from 'libpg-query';
import { boolean, type Scope, translate } from './expression.ts';
import { identifier } from './identifiers.ts';
import { asNumber } from './operands.ts';
import { lastName } from './syntax-tree.ts';
import { Unsupported } from './unsupported.ts';
import { checkKeyColumn } from './write-constraint.ts';

/** Access methods whose indexes find the same rows as SQLite's only kind, a B-tree. */
const METHODS: ReadonlySet<string> = new Set(['btree', 'hash']);
/** Operator classes that order by bytes, which is SQLite's order. */
const BYTEWISE: ReadonlySet<string> = new Set([
  'text_pattern_ops',
  'varchar_pattern_ops',
  'bpchar_pattern_ops',
]);

/**
 * A CREATE INDEX. Where NULLs stand in it matters for speed alone, so that is not converted; columns of INCLUDE become its last ones.
 * An exact decimal is indexed by its value, as queries have to order by it.
 *
 * @throws Unsupported
 */
export function writeIndex(index: IndexStmt, offset: number, scope: Scope): string {
  const { idxname = '', relation, accessMethod = 'btree', unique = false, indexParams = [] } = index;
  if (!METHODS.has(accessMethod)) throw new Unsupported(`SQLite has no ${accessMethod} indexes`, offset);
  if (index.nulls_not_distinct === true) throw new Unsupported('SQLite has no NULLS NOT DISTINCT', offset);
  if ((index.options ?? []).length > 0) throw new Unsupported('SQLite has no storage parameters', offset);
  const including = index.indexIncludingParams ?? [];
  if (unique && including.length > 0)
    throw new Unsupported('SQLite has no INCLUDE in a unique index', offset);
  const elements = [...indexParams, ...including].flatMap((node) =>
    'IndexElem' in node ? [node.IndexElem] : [],
  );
  const columns = elements.map((element) => indexed(element, unique, offset, scope));
  const where = index.whereClause === undefined ? '' : ` WHERE ${boolean(index.whereClause, scope).sql}`;
  const kind = unique ? 'UNIQUE INDEX' : 'INDEX';
  return `CREATE ${kind} ${identifier(idxname)} ON ${identifier(relation?.relname ?? '')} (${columns.join(', ')})${where}`;
}

function indexed(element: IndexElem, unique: boolean, offset: number, scope: Scope): string {
  const { name, expr, collation, opclass, ordering } = element;
  const operatorClass = lastName(opclass);
  if (operatorClass !== '' && !BYTEWISE.has(operatorClass)) {
    throw new Unsupported(`SQLite has no operator class ${operatorClass}`, offset);
  }
  const order = lastName(collation);
  if (order !== '' && order !== 'C' && order !== 'POSIX') {
    throw new Unsupported(`SQLite has no collation ${order}`, offset);
  }
  const value = expr ?? { ColumnRef: { fields: [{ String: { sval: name ?? '' } }], location: offset } };
  const translated = translate(value, scope);
  if (unique) checkKeyColumn(name ?? 'its expression', translated.kind, offset);
  const { sql } = translated.kind === 'exact' ? asNumber(translated, offset) : translated;
  return ordering === 'SORTBY_DESC' ? `${sql} DESC` : sql;
}
