import { z } from 'zod';
import { sqlTokens } from '../../dialects/sql-tokens.ts';
import type { SwallowedSign } from '../../sources/query-facts.ts';
import type { QueryEvidence } from '../../verdict/evidence.ts';
import { withOptions } from '../rule.ts';
import { called, type PlacedStatement, sightingAt, statementsOf } from './query-places.ts';

/** The operators of more than one character that end in `@`, of Postgres itself and of its extension ltree. */
const KNOWN = ['<@', '@@', '@@@', '^@', '@-@', '?@', '?<@', '^<@'];

/** Postgres takes the `@` of a parameter for the end of the operator before it. */
export const queryLostParameter = withOptions({
  severity: 'error',
  summary: 'For Postgres, the `@` of a parameter is read as the end of the operator right before it.',
  options: z.strictObject({
    operators: z
      .array(z.string().regex(/^[-+*/<>=~!@#%^&|`?]+@$/, 'is no operator that ends in @'))
      .default([])
      .describe(
        "Operators that the database has besides Postgres's own: like `<@`, they may stand right before a column.",
      ),
  }),
  check: (evidence, _facts, { operators }) => {
    if (evidence.kind !== 'queries' || evidence.dialect !== 'postgres') return [];
    const known = new Set([...KNOWN, ...operators]);
    return statementsOf(evidence).flatMap((placed) =>
      (placed.statement.facts?.swallowedSigns ?? [])
        .filter((sign) => !known.has(sign.operator) || !isMeant(sign, placed, evidence))
        .map(({ start, operator, operand }) =>
          sightingAt(evidence, placed, start, {
            message: `${called(placed.statement)} loses its parameter ${operand}`,
            cause: `Postgres reads \`${operator}\` as one operator, so that sqlc takes ${operand} for a column and makes no argument of it`,
            fix: `put a space before @${operand}`,
          }),
        ),
    );
  },
});

/** Whether what stands behind an operator that there is may be a column; in doubt it is. */
function isMeant(
  { operand, left }: SwallowedSign,
  { statement }: PlacedStatement,
  { schemas, tables }: QueryEvidence,
): boolean {
  // No one asks whether a column is within itself.
  if (left === operand) return false;
  if (tables === null || schemas.length === 0 || tables.some(({ columns }) => columns.has(operand)))
    return true;
  // What the statement calls so elsewhere, and the columns of views.
  return [statement.text, ...schemas.map(({ bytes }) => bytes.toString())].some((text) =>
    names(text, operand),
  );
}

/** Whether a text has a name, other than behind an `@`. */
function names(text: string, name: string): boolean {
  for (const token of sqlTokens(text, 'postgres')) {
    if (token.kind === 'word' && token.text.toLowerCase() === name) return true;
    if (token.kind === 'name' && token.text === `"${name}"`) return true;
  }
  return false;
}
