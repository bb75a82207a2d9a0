import { CheckError } from '../errors.ts';
import type { Dialect, SchemaStatement } from './dialect.ts';
import { postgresParser } from './postgres-parser.ts';

/** The parts of libpg-query's tree that name the object of a statement. */
interface ParsedStatement {
  readonly stmt?: Readonly<Record<string, unknown>>;
  /** UTF-8 bytes. */
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

export const postgres: Dialect = {
  name: 'postgres',
  async splitSchema(sql) {
    // The parser refuses a text of nothing.
    if (sql === '') return [];
    const { parse, hasSqlDetails } = await postgresParser();
    const tree: { stmts?: ParsedStatement[] } = await parse(sql).catch((error: unknown) => {
      if (!hasSqlDetails(error)) throw error;
      throw new CheckError(
        'sql-invalid',
        `a step made what Postgres does not take for SQL\n${error.message}`,
        {
          cause: error,
        },
      );
    });
    const bytes = Buffer.from(sql);
    const tableOfIndex = new Map<string, string>();
    let start = 0;
    const parsedStatements = tree.stmts ?? [];
    if (parsedStatements.length === 0) return [{ text: sql, object: null, references: null }];
    return parsedStatements.map((parsed, position): SchemaStatement => {
      const isLast = position === parsedStatements.length - 1;
      const end = isLast ? bytes.length : endOfStatement(bytes, parsed);
      const text = bytes.subarray(start, end).toString();
      start = end;
      const stmt = parsed.stmt ?? {};
      const object = objectOf(stmt, tableOfIndex);
      const index = field(stmt['IndexStmt'], 'idxname');
      if (typeof index === 'string' && object !== null) tableOfIndex.set(index, object.name);
      return { text, object, references: 'CreateStmt' in stmt ? referencesOf(stmt['CreateStmt']) : null };
    });
  },
};

/** Past the semicolon and the line end. */
function endOfStatement(bytes: Buffer, parsed: ParsedStatement): number {
  const semicolon = (parsed.stmt_location ?? 0) + (parsed.stmt_len ?? 0);
  const newline = bytes.indexOf('\n', semicolon);
  return newline === -1 ? bytes.length : newline + 1;
}

type Node = Readonly<Record<string, unknown>>;

function objectOf(stmt: Node, tableOfIndex: ReadonlyMap<string, string>): SchemaStatement['object'] {
  const relation = (node: unknown): SchemaStatement['object'] => {
    const name = field(field(node, 'relation'), 'relname');
    return typeof name === 'string' ? { kind: 'table', name } : null;
  };
  if ('CreateStmt' in stmt) return relation(stmt['CreateStmt']);
  if ('IndexStmt' in stmt) return relation(stmt['IndexStmt']);
  if ('AlterTableStmt' in stmt) return relation(stmt['AlterTableStmt']);
  if ('CreateEnumStmt' in stmt) return named('type', names(field(stmt['CreateEnumStmt'], 'typeName')));
  if ('CommentStmt' in stmt) return commented(stmt['CommentStmt'], tableOfIndex);
  return null;
}

function referencesOf(create: unknown): readonly string[] {
  const elements = field(create, 'tableElts');
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element: unknown) => {
    const table = field(field(field(element, 'Constraint'), 'pktable'), 'relname');
    return typeof table === 'string' ? [table] : [];
  });
}

/** A comment on an index names the index alone, so its table is known only from the statement that made the index. */
function commented(comment: unknown, tableOfIndex: ReadonlyMap<string, string>): SchemaStatement['object'] {
  const kind = field(comment, 'objtype');
  const object = field(comment, 'object');
  const path = names(field(field(object, 'List'), 'items'));
  if (kind === 'OBJECT_INDEX') {
    const table = tableOfIndex.get(path.at(-1) ?? '');
    return table === undefined ? null : { kind: 'table', name: table };
  }
  if (kind === 'OBJECT_TABLE') return named('table', path);
  if (kind === 'OBJECT_COLUMN' || kind === 'OBJECT_TABCONSTRAINT') return named('table', path.slice(0, -1));
  if (kind === 'OBJECT_TYPE') return named('type', names(field(field(object, 'TypeName'), 'names')));
  return null;
}

function named(kind: 'table' | 'type', path: readonly string[]): SchemaStatement['object'] {
  const name = path.at(-1);
  return name === undefined ? null : { kind, name };
}

function names(items: unknown): readonly string[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    const text = field(field(item, 'String'), 'sval');
    return typeof text === 'string' ? [text] : [];
  });
}

function field(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return Object.entries(node).find(([name]) => name === key)?.[1];
}
