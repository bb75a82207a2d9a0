import type { Node, RawStmt, SqlError } from 'libpg-query';
import { postgresParser } from '../dialects/postgres-parser.ts';
import { sqlTokens } from '../dialects/sql-tokens.ts';
import { postgresFacts } from './postgres-facts.ts';
import { postgresParameters, swallowedSignsOf } from './postgres-parameters.ts';
import { NO_FACTS } from './query-facts.ts';
import type { QueryProblem, QueryStatement, ReadQueries } from './query-file.ts';
import { nameLineIn } from './query-names.ts';
import { byteOffsets, characterOffset, type SourceText, sourceText } from './source-text.ts';
import { type StatementPiece, statementPieces } from './statement-pieces.ts';

type Parse = typeof import('libpg-query').parseSync;

/** Reads Postgres's queries with Postgres's own parser; a statement that it refuses leaves the others as they are. */
export async function readPostgresQueries(source: SourceText): Promise<ReadQueries> {
  const { hasSqlDetails, parseSync } = await postgresParser();
  const whole = parsed(source, parseSync, hasSqlDetails);
  if (whole.kind === 'read') {
    const offsetOf = byteOffsets(source);
    let from = 0;
    const statements = whole.statements.map((raw): QueryStatement => {
      const { statement, until } = toStatement(source, from, raw, offsetOf);
      from = until + 1;
      return statement;
    });
    // Without it sqlc takes the last statement for none.
    const isOpen = whole.statements.some(({ stmt_len }) => stmt_len === undefined);
    const end = statements.at(-1)?.end ?? 0;
    const problems = isOpen
      ? [{ start: end, message: 'the semicolon at the end of the file is missing' }]
      : [];
    return { statements, problems };
  }
  const pieces = statementPieces(source.text, 'postgres').map((piece) =>
    readPiece(source.text, piece, parseSync, hasSqlDetails),
  );
  const problems = pieces.flatMap((piece) => piece.problems);
  return {
    statements: pieces.flatMap(({ statements }) => statements),
    problems: problems.length > 0 ? problems : whole.problems,
  };
}

type Parsed =
  | { readonly kind: 'read'; readonly statements: readonly RawStmt[] }
  | { readonly kind: 'refused'; readonly problems: readonly QueryProblem[] };

function parsed(
  source: SourceText,
  parse: Parse,
  hasSqlDetails: (error: unknown) => error is SqlError,
): Parsed {
  // The parser calls it an error where there is nothing.
  if (source.text.trim() === '') return { kind: 'read', statements: [] };
  try {
    return { kind: 'read', statements: parse(source.text).stmts ?? [] };
  } catch (error) {
    // What the parser does not say itself, such as the end of its memory, is no fault of the text.
    if (!hasSqlDetails(error) || error.sqlDetails === undefined) return { kind: 'refused', problems: [] };
    const start = characterOffset(source, Math.max(0, error.sqlDetails.cursorPosition));
    return { kind: 'refused', problems: [{ start, message: error.sqlDetails.message }] };
  }
}

function readPiece(
  text: string,
  piece: StatementPiece,
  parse: Parse,
  hasSqlDetails: (error: unknown) => error is SqlError,
): ReadQueries {
  const { from, start, end } = piece;
  const own = sourceText(text.slice(start, end));
  const read = parsed(own, parse, hasSqlDetails);
  const nameLine = nameLineIn(text.slice(from, end), from, false);
  const statement = { nameLine, start, end, text: own.text };
  if (read.kind === 'refused') {
    const problems = read.problems.map((problem) => ({ ...problem, start: problem.start + start }));
    return { statements: [{ ...statement, parameters: [], facts: null }], problems };
  }
  const stmt = read.statements[0]?.stmt;
  const offsetOf = byteOffsets(own);
  const place = (byte: number): number => offsetOf(byte) + start;
  return { statements: [{ ...statement, ...understood(stmt, text, place) }], problems: [] };
}

/** @param from right behind the semicolon of the statement before it */
function toStatement(
  source: SourceText,
  from: number,
  { stmt, stmt_location = 0, stmt_len }: RawStmt,
  offsetOf: (byte: number) => number,
): { readonly statement: QueryStatement; readonly until: number } {
  const { text } = source;
  const location = offsetOf(stmt_location);
  // The tree gives no length to a statement that no semicolon ends.
  const until = stmt_len === undefined ? text.length : offsetOf(stmt_location + stmt_len);
  const { start, end } = bounds(text, location, until, stmt_len === undefined);
  const nameLine = nameLineIn(text.slice(from, until), from, false);
  const statement = { nameLine, start, end, text: text.slice(start, end) };
  return { statement: { ...statement, ...understood(stmt, text, offsetOf) }, until };
}

/** Without the comments before the statement, and for one that no semicolon ends, those behind it. */
function bounds(
  text: string,
  from: number,
  until: number,
  open: boolean,
): { readonly start: number; readonly end: number } {
  let start = until;
  let end = until;
  for (const token of sqlTokens(text, 'postgres', from, until)) {
    if (token.kind === 'comment') continue;
    if (start === until) start = token.start;
    if (!open) break;
    end = token.end;
  }
  return { start, end };
}

function understood(
  stmt: Node | undefined,
  text: string,
  offsetOf: (byte: number) => number,
): Pick<QueryStatement, 'parameters' | 'facts'> {
  if (stmt === undefined) return { parameters: [], facts: NO_FACTS };
  try {
    const parameters = postgresParameters(stmt, offsetOf);
    // For Postgres sqlc leaves `IN ($1)`, to which no list can be passed.
    const lostSlices = parameters.flatMap(({ form, start }) => (form === 'slice' ? [start] : []));
    const swallowedSigns = swallowedSignsOf(stmt, offsetOf);
    return { parameters, facts: { ...postgresFacts(stmt, text, offsetOf), lostSlices, swallowedSigns } };
  } catch (error) {
    // A tree of thousands of levels is deeper than the stack; no person writes one.
    if (error instanceof RangeError) return { parameters: [], facts: null };
    throw error;
  }
}
