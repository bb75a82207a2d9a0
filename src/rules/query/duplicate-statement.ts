import type { DialectName } from '../../config/dialect-names.ts';
import { sqlTokens } from '../../dialects/sql-tokens.ts';
import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';
import { nameOf, placeIn, sightingAt, statementsOf } from './query-places.ts';

/** Two queries are the same under two names. */
export const queryDuplicateStatement: Rule = {
  severity: 'warning',
  summary: 'Two queries are the same statement under two names.',
  check: (evidence) => {
    const seen = new Map<string, { readonly name: string; readonly place: string }>();
    return statementsOf(evidence).flatMap((placed) => {
      const { file, statement } = placed;
      const { nameLine, text } = statement;
      if (nameLine?.kind !== 'name') return [];
      const key = `${nameLine.command} ${normalised(text, file.dialect)}`;
      const first = seen.get(key);
      if (first === undefined) {
        const { path, line } = placeIn(file, nameLine.start);
        seen.set(key, { name: nameLine.name, place: `${displayPath(path)}:${line}` });
        return [];
      }
      if (first.name === nameOf(statement)) return [];
      return [
        sightingAt(evidence, placed, nameLine.start, {
          message: `${nameLine.name} is the same query as ${first.name}`,
          cause: `the other one is at ${first.place}; whoever changes one of them will not know of the other`,
          fix: 'delete one of the two and call the other',
        }),
      ];
    });
  },
};

/** Without comments, white space and the case of bare words. */
function normalised(text: string, dialect: DialectName): string {
  const tokens: string[] = [];
  for (const { kind, text: piece } of sqlTokens(text, dialect)) {
    // What looks like a comment and is none: hints for the server.
    if (kind === 'comment' && !/^\/\*[+!]/.test(piece)) continue;
    tokens.push(kind === 'word' ? piece.toLowerCase() : piece);
  }
  return tokens.join(' ');
}
