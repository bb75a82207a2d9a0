import { createHash } from 'node:crypto';
import { chown } from 'node:fs/promises';
import { CheckError } from '../errors.ts';
import { cachedFolder } from '../process/cached-folder.ts';
import { foreignEnvironment } from '../process/environment.ts';
import { run } from '../process/run.ts';
import type { MysqlBinary } from './mysql-binaries.ts';
import { openToReaders } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';

/** Root has no password afterwards: the socket's folder is what keeps others out. */
const INITIALIZE = ['--no-defaults', '--initialize-insecure', '--innodb-redo-log-capacity=8M'];
const TIMEOUT = 120_000;

/**
 * The data directory that a private MySQL starts from a copy of, since making one takes seconds; built once for a
 * build of the server and kept in the cache.
 *
 * @returns a folder that is only to be read; null for MariaDB, which fills an empty folder by itself in no time
 * @throws CheckError `devdb-failed` with what the server said
 */
export async function mysqlTemplate(binary: MysqlBinary, user: ServerUser): Promise<string | null> {
  if (binary.product === 'MariaDB') return null;
  return cachedFolder('mysql', templateName(binary.build), async (data) => {
    if (user !== null) await chown(data, user.uid, user.gid);
    const options = { cwd: '/', env: foreignEnvironment('/'), user, timeout: TIMEOUT };
    const result = await run(binary.path, [...INITIALIZE, `--datadir=${data}`], options);
    if (result.exitCode !== 0) {
      const said = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-12).join('\n');
      const label = `${binary.product} in ${binary.path}`;
      throw new CheckError('devdb-failed', `${label} can't make a data directory\n${said}`, {
        hint: 'set devDatabase.mysql to docker://mysql/8/dev or to the URL of a server',
      });
    }
    if (user !== null) await openToReaders(data);
  });
}

/** The recipe is part of the name, so that a change of it makes a new template. */
function templateName(build: string): string {
  const recipe = createHash('sha256')
    .update(JSON.stringify([build, INITIALIZE]))
    .digest('hex');
  return `template-${recipe.slice(0, 20)}`;
}
