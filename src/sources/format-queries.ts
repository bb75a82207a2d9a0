import { isUtf8 } from 'node:buffer';
import type { formatDialect, ParamTypes } from 'sql-formatter';
import type { DialectName } from '../config/dialect-names.ts';
import type { QueryLayout } from '../config/project.ts';
import type { QueryFile, QueryStatement } from './query-file.ts';
import { isSameQuery } from './same-query.ts';

/** A `?` is no parameter for Postgres, which has operators of that name. */
const PARAMETERS: Readonly<Record<DialectName, ParamTypes>> = {
  postgres: { numbered: ['$'] },
  mysql: { positional: true },
  sqlite: { positional: true, numbered: ['?'], named: [':', '@', '$'] },
};
/** What sqlc reads for itself, in any case; some functions of its own take no space before the parenthesis. */
const OF_SQLC = [
  { regex: String.raw`[sS][qQ][lL][cC]\.[A-Za-z]+\([^)]*\)` },
  { regex: String.raw`@[A-Za-z_]\w*` },
];

/** Lays out query files, each once; those that can't be read are left out. */
export async function formatQueries(
  files: readonly QueryFile[],
  layout: QueryLayout,
): Promise<ReadonlyMap<string, Buffer>> {
  const formatter = await import('sql-formatter');
  const dialects = { postgres: formatter.postgresql, mysql: formatter.mysql, sqlite: formatter.sqlite };
  return new Map(
    files.flatMap((file): [string, Buffer][] => {
      if (file.problems.length > 0 || !isUtf8(file.bytes) || /^\s*delimiter\s/im.test(file.source.text))
        return [];
      const dialect = dialects[file.dialect];
      const lineEnd = lineEndOf(file.source.text);
      const write = (sql: string): string =>
        layOut(sql, file.dialect, layout, formatter.formatDialect, dialect).replace(/(?<!\r)\n/g, lineEnd);
      return [[file.path, Buffer.from(formatted(file, lineEnd, write))]];
    }),
  );
}

type Dialect = Parameters<typeof formatDialect>[1]['dialect'];

function layOut(
  sql: string,
  name: DialectName,
  layout: QueryLayout,
  format: typeof formatDialect,
  dialect: Dialect,
): string {
  return format(sql, {
    dialect,
    tabWidth: layout.indent,
    expressionWidth: layout.width,
    logicalOperatorNewline: layout.operators,
    // Words keep their case: a name may be one that the formatter takes for a keyword.
    keywordCase: 'preserve',
    paramTypes: { ...PARAMETERS[name], custom: OF_SQLC },
  });
}

/** That of Windows only where the file has no other. */
function lineEndOf(text: string): string {
  return /\r\n/.test(text) && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n';
}

/** The whole text: what stands between the statements, names and other comments, stays as it is. */
function formatted(
  { source, statements, dialect }: QueryFile,
  lineEnd: string,
  write: (sql: string) => string,
): string {
  let at = 0;
  let text = '';
  for (const statement of statements) {
    const between = source.text.slice(at, statement.start);
    const isSame = (left: string, right: string): boolean =>
      isSameQuery(left, right, leadOf(between), dialect);
    text += between + formattedStatement(statement, lineEnd, write, isSame);
    at = statement.end;
  }
  return text + source.text.slice(at);
}

/** What stands on a statement's first line before it, as sqlc has it: without the semicolon before and white space. */
function leadOf(between: string): string {
  const own = between.replace(/^\s*;/, '').trimStart();
  return own.slice(own.lastIndexOf('\n') + 1);
}

function formattedStatement(
  { text, start, nameLine, facts }: QueryStatement,
  lineEnd: string,
  write: (sql: string) => string,
  isSame: (left: string, right: string) => boolean,
): string {
  // A name within the statement would move, and sqlc would not find it any more.
  if (facts === null || (nameLine !== null && nameLine.start > start)) return text;
  try {
    const written = write(text);
    // Behind a comment to the end of a line, the semicolon needs a line of its own.
    return [written, written + lineEnd].find((form) => isSame(text, form)) ?? text;
  } catch {
    // The formatter's own parser refuses some of what servers take.
    return text;
  }
}
