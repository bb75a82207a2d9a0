import type { Scratch } from '../process/scratch.ts';

/** A product that can take the place of a dialect's own. */
export type StandInName = 'MariaDB';

/** What an empty database has to be like for a plan to come out as wanted. */
export interface DatabaseOptions {
  /** Names in what Atlas writes carry their schema. */
  readonly qualified: boolean;
  /** Of the database, or of the server where names are qualified, if its dialect has such; else the server's own. */
  readonly charset?: string | undefined;
  readonly collation?: string | undefined;
}

/** A running database server that Atlas may plan on. */
export interface DevServer {
  /** For people, such as `embedded Postgres 15.18`; holds no password. */
  readonly description: string;
  /** What stands in for the dialect's own server where that was asked for and is not there; null otherwise. */
  readonly standIn: StandInName | null;
  /** The server's own version, such as `15.18`; empty where only Atlas will know. */
  readonly version: string;
  /**
   * Makes an empty database that nobody else uses, however often the same name is asked for.
   *
   * @param name what it is for, to be recognised by; any text
   * @returns its URL for Atlas, which may hold a password
   * @throws CheckError `devdb-failed` if the server refuses
   */
  createDatabase(name: string, options: DatabaseOptions): Promise<string>;
  /** Whether the server still answers. */
  isAlive(): Promise<boolean>;
  /** Stops the server, or drops what was made on a given one; calling it again does nothing. Never throws. */
  close(): Promise<void>;
}

/** What a dev server needs from the run that it belongs to. */
export interface DevServerContext {
  readonly scratch: Scratch;
}

/** How a dialect comes to a server. */
export interface DevServerKind {
  /** The URL schemes of servers that databases are made on by us; every other URL is Atlas's business. */
  readonly schemes: readonly string[];
  /** Starts the server that `setting` names, or connects to the given one. */
  open(setting: string, context: DevServerContext): Promise<DevServer>;
}
