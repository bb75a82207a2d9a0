import { randomBytes } from 'node:crypto';
import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckError } from '../errors.ts';
import { isReachableByAll } from '../process/cache-dir.ts';
import { foreignEnvironment } from '../process/environment.ts';
import { run } from '../process/run.ts';
import { ownedName } from '../process/scratch.ts';
import type { ServerUser } from './server-user.ts';

/** sun_path of sockaddr_un has 108 bytes on Linux and 104 on macOS, one of them the final zero. */
const SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;

/**
 * Chooses a folder for a private server's data and its socket: in memory where there is room, else in the temp folder.
 * Not below the scratch folder, which a server of another user could not enter; its name has the scratch's form, so
 * that the same sweep finds it.
 *
 * @param bytes how much room the server may need
 * @param socketName the file name of the socket that will lie in the folder
 * @param user who the server runs as, and has to reach the folder
 * @returns a path at which there is nothing yet
 */
export async function chooseServerFolder(
  bytes: number,
  socketName: string,
  user: ServerUser,
): Promise<string> {
  const name = `${await ownedName()}-${randomBytes(4).toString('hex')}`;
  const memory = process.platform === 'linux' && (await hasRoom('/dev/shm', bytes)) ? ['/dev/shm'] : [];
  for (const root of [...memory, tmpdir(), '/tmp']) {
    const folder = join(root, name);
    if (Buffer.byteLength(join(folder, socketName)) > SOCKET_PATH_BYTES) continue;
    if (user === null || (await isReachableByAll(root))) return folder;
  }
  throw new CheckError(
    'devdb-failed',
    `No temp folder is fit for a socket: ${tmpdir()} is too long or closed`,
    {
      hint: 'set TMPDIR to a short path that every user can reach',
    },
  );
}

async function hasRoom(folder: string, bytes: number): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= bytes;
  } catch {
    return false;
  }
}

/** Gives a template to root, readable by the server's user, who can then copy it but not change it. Only as root. */
export async function openToReaders(data: string): Promise<void> {
  const options = { cwd: '/', env: foreignEnvironment('/') };
  await run('chown', ['-R', '0:0', data], options);
  await run('chmod', ['-R', 'a+rX', data], options);
}
