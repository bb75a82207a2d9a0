import { delimiter } from 'node:path';
import { CheckError } from '../errors.ts';

/** Where the programs of servers are looked for. */
export interface ProgramFolders {
  /** Absolute, in order of preference. */
  readonly folders: readonly string[];
  /** Who named them, as the end of a clause; empty where nobody did. */
  readonly origin: string;
}

const VARIABLE = 'DBCHECK_SERVER_PATH';

/**
 * The folders that `DBCHECK_SERVER_PATH` names, as PATH does, and no others, since whoever sets it means one server of
 * several; where it is not set or empty, the usual ones.
 *
 * @param usual the folders that go with a PATH, its own first
 * @throws CheckError `devdb-invalid` where the variable names a relative folder
 */
export async function programFolders(
  env: NodeJS.ProcessEnv,
  usual: (path: string) => Promise<readonly string[]>,
): Promise<ProgramFolders> {
  const named = (env[VARIABLE] ?? '').split(delimiter).filter((folder) => folder !== '');
  if (named.length === 0) return { folders: await usual(env['PATH'] ?? ''), origin: '' };
  const relative = named.find((folder) => !folder.startsWith('/'));
  if (relative === undefined) return { folders: named, origin: ` in the folders of ${VARIABLE}` };
  throw new CheckError('devdb-invalid', `${VARIABLE} names "${relative}", which is no absolute path`, {
    hint: `set ${VARIABLE} to absolute folders with "${delimiter}" between them, or unset it`,
  });
}
