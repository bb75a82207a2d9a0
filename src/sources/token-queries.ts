import type { ReadQueries } from './query-file.ts';
import { nameLineIn } from './query-names.ts';
import type { SourceText } from './source-text.ts';
import { statementPieces } from './statement-pieces.ts';

export function readTokenQueries({ text }: SourceText, dialect: 'mysql' | 'sqlite'): ReadQueries {
  const statements = statementPieces(text, dialect).map(({ from, start, end }) => ({
    nameLine: nameLineIn(text.slice(from, end), from, dialect === 'mysql'),
    start,
    end,
    text: text.slice(start, end),
    parameters: [],
    facts: null,
  }));
  return { statements, problems: [] };
}
