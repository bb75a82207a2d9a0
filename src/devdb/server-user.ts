import { readFile } from 'node:fs/promises';
import { CheckError } from '../errors.ts';

/** The user that a private server runs as; null where that is the current one. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

/**
 * Decides whom a private server runs as: database servers refuse root, and initdb wants a user that has a passwd entry.
 *
 * @throws CheckError `devdb-failed` as root, where no unprivileged user is known
 */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null;
  const user = unprivilegedUser(await readFile('/etc/passwd', 'utf8'));
  if (user !== undefined) return user;
  throw new CheckError(
    'devdb-failed',
    'A database server does not run as root, and /etc/passwd has no user nobody',
    {
      hint: 'run dbcheck as another user, or set devDatabase to a URL',
    },
  );
}

/** The first of the usual unprivileged users in a passwd file. */
export function unprivilegedUser(passwd: string): NonNullable<ServerUser> | undefined {
  const entries = passwd.split('\n').map((line) => line.split(':'));
  for (const wanted of ['nobody', 'postgres', 'daemon']) {
    const [, , uid, gid] = entries.find(([name]) => name === wanted) ?? [];
    // macOS writes nobody's ids as -2, which is 2^32 - 2.
    if (uid && gid && Number(uid) !== 0) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  }
  return undefined;
}
