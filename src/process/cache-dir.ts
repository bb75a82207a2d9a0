import { chmod, lstat, mkdir, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckError } from '../errors.ts';

/** What decides where the cache lies. */
export interface CacheSurroundings {
  readonly platform: NodeJS.Platform;
  readonly uid: number;
  readonly home: string;
  readonly temp: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The places for the cache, best first. As root a home folder comes last: a server that runs as another user reads
 * its binaries and its template from the cache, and root's home is closed to it.
 */
export function cacheCandidates(surroundings: CacheSurroundings): string[] {
  const { platform, uid, home, temp, env } = surroundings;
  const xdg = env['XDG_CACHE_HOME'];
  const chosen = xdg?.startsWith('/') ? [join(xdg, 'dbcheck')] : [];
  const fallback = join(temp, `dbcheck-cache-${uid}`);
  const mac = platform === 'darwin';
  if (uid === 0) return [...chosen, mac ? '/Library/Caches/dbcheck' : '/var/cache/dbcheck', fallback];
  return [...chosen, join(home, mac ? 'Library/Caches' : '.cache', 'dbcheck'), fallback];
}

/**
 * The per-user cache folder, made where it is not there yet: it belongs to this user, nobody else can write to it,
 * and as root every user can reach it.
 *
 * @returns an absolute path
 * @throws CheckError `cache-unsafe` if the folder belongs to somebody else or others can write to it,
 * `cache-missing` if none can be made
 */
export async function cacheDir(surroundings: CacheSurroundings = currentSurroundings()): Promise<string> {
  const candidates = cacheCandidates(surroundings);
  for (const path of candidates) {
    const mode = surroundings.uid === 0 ? 0o755 : 0o700;
    try {
      // Not left to mkdir's mode: the umask would take bits away from it.
      await mkdir(dirname(path), { recursive: true });
      await mkdir(path).then(() => chmod(path, mode), unlessExists);
    } catch {
      continue;
    }
    await verifyPrivate(path, surroundings.uid);
    if (surroundings.uid !== 0 || (await isReachableByAll(path))) return path;
  }
  throw new CheckError('cache-missing', `No cache folder can be made: tried ${candidates.join(', ')}`, {
    hint: 'set XDG_CACHE_HOME to a folder that you can write to',
  });
}

/** Whether a user who owns nothing on the way can list the folder: every folder down to it is open to all. */
export async function isReachableByAll(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & (folder === path ? 0o005 : 0o001)) !== (folder === path ? 0o005 : 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function currentSurroundings(): CacheSurroundings {
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? 0,
    home: homedir(),
    temp: tmpdir(),
    env: process.env,
  };
}

async function verifyPrivate(path: string, uid: number): Promise<void> {
  const stats = await lstat(path);
  if (stats.isDirectory() && stats.uid === uid && (stats.mode & 0o022) === 0) return;
  throw new CheckError(
    'cache-unsafe',
    `The cache folder ${path} is not safe to use: somebody else owns it or can write to it`,
    { hint: `remove ${path}, or set XDG_CACHE_HOME to a folder of your own` },
  );
}

function unlessExists(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
  throw error;
}
