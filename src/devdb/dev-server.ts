import type { DialectName } from '../config/project.ts';
import { CheckError } from '../errors.ts';
import type { Scratch } from '../process/scratch.ts';
import { noServer } from './no-server.ts';
import { openPassedThrough } from './passed-through.ts';

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

/** A dialect that can have a dev database is one line here and one file. */
const KINDS: Partial<Record<DialectName, () => Promise<DevServerKind>>> = {
  postgres: async () => (await import('./postgres.ts')).postgres,
  mysql: async () => (await import('./mysql.ts')).mysql,
};

/**
 * Gets a database server for a dialect.
 *
 * @param setting `embedded`, `system`, or a URL that Atlas understands
 * @throws CheckError `dialect-unsupported`, `devdb-invalid` (the setting is none of these), `devdb-missing` (no
 * binaries), `devdb-unreachable` (a given server does not answer), `devdb-failed` (it does not start)
 */
export async function openDevServer(
  dialect: DialectName,
  setting: string,
  context: DevServerContext,
): Promise<DevServer> {
  const kind = await kindOf(dialect);
  if (!isForAtlasAlone(dialect, kind, setting)) return kind.open(setting, context);
  await refuseOtherDialects(dialect, setting);
  return openPassedThrough(setting);
}

/** What a server of another dialect makes of a schema would be put down to the schema. */
async function refuseOtherDialects(dialect: DialectName, setting: string): Promise<void> {
  for (const [other, load] of Object.entries(KINDS)) {
    if (other === dialect || !(await load()).schemes.includes(schemeOf(setting) ?? '')) continue;
    throw noServer(dialect, setting, `a server of ${other}`);
  }
}

function schemeOf(setting: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(setting)?.[1]?.toLowerCase();
}

async function kindOf(dialect: DialectName): Promise<DevServerKind> {
  const load = KINDS[dialect];
  if (load !== undefined) return load();
  throw new CheckError('dialect-unsupported', `There is no dev database for the dialect ${dialect}`, {
    hint: `move the schema to where \`schemas\` has postgres: that of ${dialect} is converted from it`,
  });
}

function isForAtlasAlone(dialect: DialectName, kind: DevServerKind, setting: string): boolean {
  if (setting === 'embedded' || setting === 'system') return false;
  const scheme = schemeOf(setting);
  if (scheme !== undefined) return !kind.schemes.includes(scheme);
  throw noServer(dialect, setting, 'which names no server');
}
