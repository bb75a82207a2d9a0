import type { DialectName } from '../config/project.ts';

/** One statement of a schema file, with the object it makes or belongs to. */
export interface SchemaStatement {
  /** The statement with the comment lines before it and the line end after it: all texts together are the file. */
  readonly text: string;
  /** The table or type that the statement defines or adds to; null for anything else. */
  readonly object: { readonly kind: 'table' | 'type'; readonly name: string } | null;
  /** The tables that a CREATE TABLE refers to, in the order of its constraints; null for any other statement. */
  readonly references: readonly string[] | null;
}

/** What dbcheck has to know of a dialect. A dialect is one file and one line in the table of dialects. */
export interface Dialect {
  readonly name: DialectName;
  /** Splits a schema file that a step made into its statements. */
  splitSchema(sql: string): Promise<readonly SchemaStatement[]>;
}
