import type { DialectName } from '../config/dialect-names.ts';
import type { QueryFacts } from './query-facts.ts';
import type { NameLine } from './query-names.ts';
import type { QueryParameter } from './query-parameters.ts';
import type { SourceText } from './source-text.ts';

/** A query file as parsed data; every offset counts UTF-16 units of its decoded text. */
export interface QueryFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly dialect: DialectName;
  readonly source: SourceText;
  /** In order, also those that the parser can't read. */
  readonly statements: readonly QueryStatement[];
  /** What the parser is sure that nobody can read. */
  readonly problems: readonly QueryProblem[];
}

export interface QueryProblem {
  readonly start: number;
  /** As the parser says it, without a final stop. */
  readonly message: string;
}

export interface QueryStatement {
  /** Null where no line means a name. */
  readonly nameLine: NameLine | null;
  /** Of the first word; comments before it are left out. */
  readonly start: number;
  /** Behind the last word, before the semicolon. */
  readonly end: number;
  readonly text: string;
  /** Every place where a parameter stands, in order; see `parameterCount`. */
  readonly parameters: readonly QueryParameter[];
  /** What the rules ask; null where the statement can't be parsed. */
  readonly facts: QueryFacts | null;
}

/** What a dialect's reader makes of a file's text. */
export type ReadQueries = Pick<QueryFile, 'statements' | 'problems'>;
