import { type SqlToken, sqlTokens } from '../dialects/sql-tokens.ts';
import type { QueryProblem, QueryStatement, ReadQueries } from './query-file.ts';
import { nameLineIn } from './query-names.ts';
import type { SourceText } from './source-text.ts';
import { statementPieces } from './statement-pieces.ts';
import { tokenFacts } from './token-facts.ts';
import { tokenParameters } from './token-parameters.ts';
import { tokenTree } from './token-tree.ts';

const OPEN: Readonly<Partial<Record<SqlToken['kind'], string>>> = {
  string: 'a string is never closed',
  name: 'a quoted name is never closed',
  comment: 'a comment is never closed',
};

/** No person writes more; what goes deeper is not judged, so that nothing runs out of stack. */
const DEEPEST = 200;

/**
 * Reads MySQL's and SQLite's queries by their tokens. Only what no server could read is a problem: whatever ends within
 * a string, a name or a comment, and parentheses that do not match.
 */
export function readTokenQueries({ text }: SourceText, dialect: 'mysql' | 'sqlite'): ReadQueries {
  const problems: QueryProblem[] = [];
  let ends = false;
  for (const { kind, open, start } of sqlTokens(text, dialect)) {
    if (!open) continue;
    ends = true;
    problems.push({ start, message: OPEN[kind] ?? 'it is never closed' });
  }
  // A comment that MySQL executes may hold one parenthesis of a pair.
  const isConditional = dialect === 'mysql' && text.includes('/*!');
  const statements = statementPieces(text, dialect).map(({ from, start, end, tokens }): QueryStatement => {
    const { items, depth, unbalanced } = tokenTree(tokens);
    const isWhole = unbalanced === null && !tokens.some(({ open }) => open);
    if (unbalanced !== null && !ends && !isConditional) {
      const message = `\`${unbalanced.text}\` has no \`${unbalanced.text === '(' ? ')' : '('}\``;
      problems.push({ start: unbalanced.start, message });
    }
    return {
      nameLine: nameLineIn(text.slice(from, end), from, dialect === 'mysql'),
      start,
      end,
      text: text.slice(start, end),
      parameters: tokenParameters(tokens, dialect),
      facts: isWhole && depth <= DEEPEST ? tokenFacts(items) : null,
    };
  });
  return { statements, problems };
}
