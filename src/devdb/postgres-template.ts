import { createHash } from 'node:crypto';
import { chown, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { cachedFolder } from '../process/cached-folder.ts';
import { foreignEnvironment } from '../process/environment.ts';
import { run } from '../process/run.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { openToReaders } from './server-folder.ts';
import type { ServerUser } from './server-user.ts';

/** Small segments and no sync: the data is never worth more than one run. A fixed locale makes plans the same anywhere. */
const INITDB = ['-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C', '--wal-segsize=1'];
/** template1 is left, to be connected to and to be copied from: two thirds of the bytes are never used otherwise. */
const SLIM = [
  'DROP DATABASE postgres;',
  `UPDATE pg_database SET datistemplate = false WHERE datname = 'template0';`,
  'DROP DATABASE template0;',
  'CHECKPOINT;',
];
/** Segments that were recycled ahead of use are made again when they are needed. */
const WAL_SEGMENTS = 2;
const TIMEOUT = 120_000;

/**
 * The data directory that every run starts from a copy of, built once for a build of Postgres and kept in the cache.
 * It has one database, template1, and one superuser, postgres.
 *
 * @returns a folder that is only to be read
 * @throws CheckError `devdb-failed` with what initdb said
 */
export async function postgresTemplate(binaries: PostgresBinaries, user: ServerUser): Promise<string> {
  return cachedFolder('postgres', templateName(binaries.build), async (data) => {
    if (user !== null) await chown(data, user.uid, user.gid);
    await build(binaries, data, user);
    if (user !== null) await openToReaders(data);
  });
}

/** The recipe is part of the name, so that a change of it makes a new template. */
function templateName(build: string): string {
  const recipe = createHash('sha256')
    .update(JSON.stringify([build, INITDB, SLIM, WAL_SEGMENTS]))
    .digest('hex');
  return `template-${recipe.slice(0, 20)}`;
}

async function build(binaries: PostgresBinaries, data: string, user: ServerUser): Promise<void> {
  const server = async (program: string, args: readonly string[], input?: string) => {
    const path = join(binaries.bin, program);
    const options = { cwd: '/', env: foreignEnvironment('/'), user, input, timeout: TIMEOUT };
    const result = await run(path, args, options).catch((error: unknown) => {
      throw failure(binaries, program, error instanceof Error ? error.message : String(error));
    });
    const said = `${result.stdout}${result.stderr}`.trim();
    if (result.exitCode !== 0) throw failure(binaries, program, said);
    return said;
  };
  await server('initdb', ['-D', data, ...INITDB]);
  const said = await server('postgres', ['--single', '-F', '-D', data, 'template1'], `${SLIM.join('\n')}\n`);
  // A single-user server ends with 0 whatever its statements did.
  const databases = await readdir(join(data, 'base'));
  if (databases.length !== 1) throw failure(binaries, 'postgres --single', said);
  const segments = (await readdir(join(data, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  for (const segment of segments.slice(WAL_SEGMENTS)) await rm(join(data, 'pg_wal', segment));
  // Once, at the end: a power failure must not leave a broken template in the cache.
  await server('initdb', ['--sync-only', '-D', data]);
}

function failure(binaries: PostgresBinaries, program: string, said: string): CheckError {
  const lines = said.split('\n').slice(-12).join('\n');
  // As in a container that is run under a bare number: initdb wants to know the user's name.
  const nameless = /could not look up effective user ID/.test(said);
  const message = `${program} of the ${binaries.label} in ${binaries.bin} failed\n${lines}`;
  return new CheckError('devdb-failed', message, {
    hint: nameless
      ? 'add this user to /etc/passwd, or set devDatabase.postgres to the URL of a server'
      : 'set devDatabase.postgres to embedded, system, or the URL of a server that works',
  });
}
