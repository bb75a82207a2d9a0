import { isUtf8 } from 'node:buffer';
import type { formatDialect, ParamTypes } from 'sql-formatter';
import type { DialectName, QueryLayout } from '../config/project.ts';
import { operatorsJoined } from '../dialects/sql-operators.ts';
import { sqlTokens } from '../dialects/sql-tokens.ts';
import type { QueryFile, QueryStatement } from './query-file.ts';

/** A `?` is no parameter for Postgres, which has operators of that name. */
const PARAMETERS: Readonly<Record<DialectName, ParamTypes>> = {
  postgres: { numbered: ['$'] },
  mysql: { positional: true },
  sqlite: { positional: true, numbered: ['?'], named: [':', '@', '$'] },
};
/** What sqlc reads for itself; it takes no space between a function of its own and the parenthesis. */
const OF_SQLC = [{ regex: String.raw`sqlc\.[a-z]+\([^)]*\)` }, { regex: String.raw`@[A-Za-z_]\w*` }];

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
      const write = (sql: string): string =>
        layOut(sql, file.dialect, layout, formatter.formatDialect, dialect);
      return [[file.path, Buffer.from(formatted(file, write))]];
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

/** The whole text: what stands between the statements, names and other comments, stays as it is. */
function formatted({ source, statements, dialect }: QueryFile, write: (sql: string) => string): string {
  let at = 0;
  let text = '';
  for (const statement of statements) {
    text += source.text.slice(at, statement.start) + formattedStatement(statement, dialect, write);
    at = statement.end;
  }
  return text + source.text.slice(at);
}

function formattedStatement(
  { text, start, nameLine, facts }: QueryStatement,
  dialect: DialectName,
  write: (sql: string) => string,
): string {
  // A name within the statement would move, and sqlc would not find it any more.
  if (facts === null || (nameLine !== null && nameLine.start > start)) return text;
  try {
    const written = write(text);
    return isSame(text, written, dialect) ? written : text;
  } catch {
    // The formatter's own parser refuses some of what servers take.
    return text;
  }
}

/** Whether two texts say the same to a server and to sqlc. */
function isSame(left: string, right: string, dialect: DialectName): boolean {
  return pieces(left, dialect) === pieces(right, dialect);
}

/**
 * The tokens of a text, with its lines that start with a comment, which sqlc makes the documentation of the code, and
 * with what has to stand without spaces.
 */
function pieces(text: string, dialect: DialectName): string {
  const tokens = [...operatorsJoined(sqlTokens(text, dialect), dialect)];
  const comments = text.split('\n').filter((line) => /^(?:--|#|\/\*)/.test(line));
  const calls = text.match(/\bsqlc\.[a-z]+\(/g) ?? [];
  return JSON.stringify([tokens, comments, calls]);
}
