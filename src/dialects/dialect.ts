import type { DialectName } from '../config/dialect-names.ts';
import type { StandInName } from '../devdb/dev-server.ts';
import type { TextPosition } from '../format/text-position.ts';

/** One statement of a schema file, with the object it makes or belongs to. */
export interface SchemaStatement {
  /** The statement with the comment lines before it and the line end after it: all texts together are the file. */
  readonly text: string;
  /** The table or type that the statement defines or adds to; null for anything else. */
  readonly object: { readonly kind: 'table' | 'type'; readonly name: string } | null;
  /** The tables that a CREATE TABLE refers to, in the order of its constraints; null for any other statement. */
  readonly references: readonly string[] | null;
}

/** An HCL file of a schema. */
export interface SchemaSource {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What a database itself has to be like for a schema; what is left out is the server's default. */
export interface DatabaseDefaults {
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

/** A schema as a server can plan it that stands in for the dialect's own, and the way back. */
export interface Translation {
  /** In the order and under the paths of the originals. */
  readonly sources: readonly SchemaSource[];
  readonly database: DatabaseDefaults;
  /** What the server gives a database by itself, where plans make their own: as the dialect's own server does. */
  readonly server: DatabaseDefaults;
  /** Where something in a translated source stands in the original. */
  originalPosition(path: string, position: TextPosition): TextPosition;
  /** Migrations in the dialect's own words, as the server can replay them. */
  toServer(sql: string): string;
  /**
   * What Atlas wrote on the server, in the dialect's own words.
   *
   * @throws CheckError `stand-in-unsupported` where it holds something that no row of the table is about
   */
  fromServer(sql: string): string;
}

/** What dbcheck has to know of a dialect. A dialect is one file and one line in the table of dialects. */
export interface Dialect {
  readonly name: DialectName;
  /**
   * Splits a schema file that a step made into its statements.
   *
   * @throws CheckError `sql-invalid` where the dialect is parsed whole, and the file can't be
   */
  splitSchema(sql: string): Promise<readonly SchemaStatement[]>;
  /** Reads off a schema what its database has to be like; left out where databases have no such properties. */
  databaseDefaults?(sources: readonly SchemaSource[]): Promise<DatabaseDefaults>;
  /**
   * The servers that may stand in for the dialect's own, each with how a schema is translated for it; left out
   * where none may.
   *
   * A translation throws CheckError `stand-in-unsupported`, with the place, at the first construct of which it is
   * not known that the server's plan can be turned into the dialect's own.
   */
  readonly standIns?: Readonly<
    Partial<Record<StandInName, (sources: readonly SchemaSource[]) => Promise<Translation>>>
  >;
}
