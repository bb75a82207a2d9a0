import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseServerFolder } from '../../src/devdb/server-folder.ts';
import { currentOwner, parseOwner } from '../../src/process/owner.ts';

const NO_MEMORY_HAS_THIS_ROOM = Number.MAX_SAFE_INTEGER;

describe('the folder of a private server', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'folder-'));
    await chmod(root, 0o755);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true, force: true });
  });

  it('lies in memory where there is room, and in the temp folder where a system has no such place', async () => {
    vi.stubEnv('TMPDIR', root);
    const expected = process.platform === 'linux' ? '/dev/shm' : root;
    expect(dirname(await chooseServerFolder(0, 'socket', null))).toBe(expected);
  });

  it('lies in the temp folder where there is none, under a name that the sweep knows', async () => {
    vi.stubEnv('TMPDIR', root);
    const folder = await chooseServerFolder(NO_MEMORY_HAS_THIS_ROOM, 'socket', null);
    expect(dirname(folder)).toBe(root);
    expect(parseOwner(basename(folder), 'dbcheck-')).toEqual(await currentOwner());
    expect(await chooseServerFolder(NO_MEMORY_HAS_THIS_ROOM, 'socket', null)).not.toBe(folder);
  });

  it('lies elsewhere where the path would be too long for a socket', async () => {
    vi.stubEnv('TMPDIR', join(root, 'x'.repeat(80)));
    expect(dirname(await chooseServerFolder(NO_MEMORY_HAS_THIS_ROOM, 'socket', null))).toBe('/tmp');
  });

  it("lies elsewhere where the server's user can't come", async () => {
    const closed = join(root, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o700);
    vi.stubEnv('TMPDIR', closed);
    expect(dirname(await chooseServerFolder(NO_MEMORY_HAS_THIS_ROOM, 'socket', { uid: 1, gid: 1 }))).toBe(
      '/tmp',
    );
    expect(dirname(await chooseServerFolder(NO_MEMORY_HAS_THIS_ROOM, 'socket', null))).toBe(closed);
  });
});
