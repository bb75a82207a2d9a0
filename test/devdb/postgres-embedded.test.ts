import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { embeddedBinaries, embeddedPackage } from '../../src/devdb/postgres-embedded.ts';
import { startPrivatePostgres } from '../../src/devdb/postgres-private.ts';
import { serverUser } from '../../src/devdb/server-user.ts';
import { sql } from './sql.ts';

describe("the embedded Postgres's package", () => {
  let root = '';
  let copy = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'embedded-'));
    await chmod(root, 0o755);
    copy = join(root, 'package');
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true, force: true });
  });

  /** The package as npm unpacks it: the links are made by its install script. */
  const unpack = () =>
    cp(embeddedPackage(), copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) =>
        !/\.so(\.\d+)?$/.test(path) || !path.includes('/native/lib/lib') || isRealLibrary(path),
    });
  /** These have their short name by themselves. */
  const isRealLibrary = (path: string) => /lib(crypto|ssl|lzma|ossp-uuid|xml2|xslt|z)\./.test(path);

  async function starts(): Promise<void> {
    const user = await serverUser();
    const server = await startPrivatePostgres(await embeddedBinaries(copy, user), user);
    try {
      expect(await sql(await server.createDatabase('x', { qualified: false }), 'SELECT 1')).toEqual([['1']]);
    } finally {
      await server.close();
    }
  }

  it('works with its install script blocked, without a write to it', async () => {
    await unpack();
    const before = await readdir(join(copy, 'native'), { recursive: true });
    expect(before.filter((name) => /libpq\.so/.test(name))).toEqual(['lib/libpq.so.5.15']);
    await chmod(join(copy, 'native', 'lib'), 0o555);
    await starts();
    expect(await readdir(join(copy, 'native'), { recursive: true })).toEqual(before);
    // A template and a repaired copy, and nothing half done.
    expect((await readdir(join(root, 'cache', 'dbcheck', 'postgres'))).length).toBe(2);
  });

  it('works in a folder that only its owner can enter, and with programs that lost their mode', async () => {
    await unpack();
    await chmod(join(copy, 'native', 'bin', 'postgres'), 0o600);
    await mkdir(join(root, 'private'));
    await chmod(copy, 0o700);
    await starts();
    expect((await stat(join(copy, 'native', 'bin', 'postgres'))).mode & 0o777).toBe(0o600);
  });

  it('is used where it lies if it can be', async () => {
    await cp(embeddedPackage(), copy, { recursive: true, verbatimSymlinks: true });
    const { bin } = await embeddedBinaries(copy, await serverUser());
    expect(bin).toBe(join(copy, 'native', 'bin'));
  });
});
