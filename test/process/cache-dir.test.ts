import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CacheSurroundings,
  cacheCandidates,
  cacheDir,
  isReachableByAll,
} from '../../src/process/cache-dir.ts';

const uid = process.getuid?.() ?? 0;

describe('the places for the cache', () => {
  const user = { platform: 'linux', uid: 1000, home: '/home/u', temp: '/tmp', env: {} } as const;
  it.each<[string, CacheSurroundings, string[]]>([
    ['Linux', user, ['/home/u/.cache/dbcheck', '/tmp/dbcheck-cache-1000']],
    ['macOS', { ...user, platform: 'darwin' }, ['/home/u/Library/Caches/dbcheck', '/tmp/dbcheck-cache-1000']],
    ['root', { ...user, uid: 0, home: '/root' }, ['/var/cache/dbcheck', '/tmp/dbcheck-cache-0']],
    [
      'a chosen cache',
      { ...user, env: { XDG_CACHE_HOME: '/c' } },
      ['/c/dbcheck', '/home/u/.cache/dbcheck', '/tmp/dbcheck-cache-1000'],
    ],
    [
      'a relative one, which the XDG specification tells to ignore',
      { ...user, env: { XDG_CACHE_HOME: 'c' } },
      ['/home/u/.cache/dbcheck', '/tmp/dbcheck-cache-1000'],
    ],
  ])('%s', (_, surroundings, expected) => {
    expect(cacheCandidates(surroundings)).toEqual(expected);
  });
});

describe('the cache folder', () => {
  let root = '';
  const surroundings = (): CacheSurroundings => ({
    platform: process.platform,
    uid,
    home: join(root, 'home'),
    temp: join(root, 'temp'),
    env: { XDG_CACHE_HOME: join(root, 'xdg') },
  });
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cache-'));
    await chmod(root, 0o755);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is made with a mode of its own whatever the umask, and found again', async () => {
    const before = process.umask(0o002);
    try {
      const path = await cacheDir(surroundings());
      expect(path).toBe(join(root, 'xdg', 'dbcheck'));
      expect((await stat(path)).mode & 0o777).toBe(uid === 0 ? 0o755 : 0o700);
      expect(await cacheDir(surroundings())).toBe(path);
    } finally {
      process.umask(before);
    }
  });

  it('is refused where others can write to it', async () => {
    const path = join(root, 'xdg', 'dbcheck');
    await mkdir(path, { recursive: true });
    await chmod(path, 0o777);
    await expect(cacheDir(surroundings())).rejects.toMatchObject({ code: 'cache-unsafe' });
  });

  it('is refused where it is a link', async () => {
    await mkdir(join(root, 'xdg'));
    await mkdir(join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), join(root, 'xdg', 'dbcheck'));
    await expect(cacheDir(surroundings())).rejects.toMatchObject({ code: 'cache-unsafe' });
  });

  it('as root lies elsewhere where the user of a server could not reach it', async () => {
    await mkdir(join(root, 'xdg'));
    await chmod(join(root, 'xdg'), 0o700);
    const folder = await cacheDir(surroundings());
    if (uid === 0) expect(folder).not.toContain(root);
    else expect(folder).toBe(join(root, 'xdg', 'dbcheck'));
  });

  it('knows a folder that is closed to others', async () => {
    const inner = join(root, 'closed', 'inner');
    await mkdir(inner, { recursive: true });
    await chmod(join(root, 'closed'), 0o755);
    await chmod(inner, 0o755);
    expect(await isReachableByAll(inner)).toBe(true);
    await chmod(join(root, 'closed'), 0o700);
    expect(await isReachableByAll(inner)).toBe(false);
  });
});
