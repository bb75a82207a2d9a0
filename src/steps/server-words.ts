import type { DevServer } from '../devdb/dev-server.ts';
import type { Dialect, SchemaSource, Translation } from '../dialects/dialect.ts';
import { CheckError } from '../errors.ts';

/** A schema in the words of the server that plans it, and the way back to those of its dialect. */
export interface ServerWords extends Translation {
  /** What stands in for the dialect's own server, with its version; null where nothing does. */
  readonly through: string | null;
}

/** A fresh, empty database for a schema; its URL for Atlas. */
export function databaseFor(
  words: ServerWords,
  server: PlanningServer,
  wanted: { readonly name: string; readonly qualified: boolean },
): Promise<string> {
  const { name, qualified } = wanted;
  return server.createDatabase(name, { qualified, ...(qualified ? words.server : words.database) });
}

/** The server of a dialect, as the steps see it. */
export type PlanningServer = Pick<DevServer, 'standIn' | 'version' | 'createDatabase'>;

/**
 * Finds the words for a server: the schema's own, but for a server that stands in for the dialect's.
 *
 * @throws CheckError `stand-in-unsupported` at a construct that the server can't stand in for
 */
export async function serverWords(
  dialect: Dialect,
  server: PlanningServer,
  sources: readonly SchemaSource[],
): Promise<ServerWords> {
  if (server.standIn === null) {
    const database = (await dialect.databaseDefaults?.(sources)) ?? {};
    return { ...unchanged(sources), database, through: null };
  }
  const translate = dialect.standIns?.[server.standIn];
  if (translate !== undefined) {
    return { ...(await translate(sources)), through: `${server.standIn} ${server.version}` };
  }
  throw new CheckError('stand-in-unsupported', `${server.standIn} can't stand in for ${dialect.name}`, {
    hint: `set devDatabase.${dialect.name} to the URL of a server that is one`,
  });
}

function unchanged(sources: readonly SchemaSource[]): Omit<Translation, 'database'> {
  return {
    sources,
    server: {},
    originalPosition: (_, position) => position,
    toServer: (sql) => sql,
    fromServer: (sql) => sql,
  };
}
