import type { DialectName } from '../config/dialect-names.ts';
import { operatorsJoined } from '../dialects/sql-operators.ts';
import { spacesThatCount } from '../dialects/sql-spaces.ts';
import { sqlTokens } from '../dialects/sql-tokens.ts';

/**
 * Whether two texts of a statement say the same to a server and to sqlc.
 *
 * @param lead what stands on the statement's first line before it
 */
export function isSameQuery(left: string, right: string, lead: string, dialect: DialectName): boolean {
  return pieces(left, lead, dialect) === pieces(right, lead, dialect);
}

/**
 * The tokens of a text, with its lines that start with a comment, which sqlc makes the documentation of the code, and
 * with what has to stand without spaces.
 */
function pieces(statement: string, lead: string, dialect: DialectName): string {
  // A comment to the end of a line must not take the semicolon in.
  const text = `${statement};`;
  const tokens = [...sqlTokens(text, dialect)];
  const comments = `${lead}${text}`.split('\n').filter((line) => /^(?:--|#|\/\*)/.test(line));
  const calls = text.match(/\bsqlc\.[a-z]+\(/gi) ?? [];
  return JSON.stringify([
    [...operatorsJoined(tokens, dialect)],
    spacesThatCount(text, tokens, dialect),
    comments,
    calls,
  ]);
}
