import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cachedFolder } from '../../src/process/cached-folder.ts';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';

describe('a cached folder', () => {
  let root = '';
  const group = () => join(root, 'dbcheck', 'group');
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cached-'));
    await chmod(root, 0o755);
    vi.stubEnv('XDG_CACHE_HOME', root);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true, force: true });
  });

  it('is built once', async () => {
    const build = vi.fn((folder: string) => writeFile(join(folder, 'file'), 'content'));
    const first = await cachedFolder('group', 'name', build);
    expect(await cachedFolder('group', 'name', build)).toBe(first);
    expect(first).toBe(join(group(), 'name'));
    expect(await readFile(join(first, 'file'), 'utf8')).toBe('content');
    expect(build).toHaveBeenCalledTimes(1);
    expect(await readdir(group())).toEqual(['name']);
  });

  it('is there for two builders at once, from one of them', async () => {
    const builder = (text: string) =>
      cachedFolder('group', 'name', async (folder) => {
        await writeFile(join(folder, 'one'), text);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await writeFile(join(folder, 'two'), text);
      });
    const [first, second] = await Promise.all([builder('a'), builder('b')]);
    expect(first).toBe(second);
    expect(await readFile(join(first, 'one'), 'utf8')).toBe(await readFile(join(first, 'two'), 'utf8'));
    expect(await readdir(group())).toEqual(['name']);
  });

  it('is not there at all when building fails', async () => {
    const failing = cachedFolder('group', 'name', async (folder) => {
      await writeFile(join(folder, 'half'), '');
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    expect(await readdir(group())).toEqual([]);
  });

  it("is built after removing a killed builder's folder and keeping a living one's", async () => {
    const self = await currentOwner();
    const dead = join(group(), `building-${formatOwner({ ...self, start: '0badcafe' })}-aaaaaa`);
    const living = join(group(), `building-${formatOwner(self)}-bbbbbb`);
    await mkdir(dead, { recursive: true });
    await mkdir(living, { recursive: true });
    await chmod(join(root, 'dbcheck'), 0o755);
    await cachedFolder('group', 'name', async () => {});
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(living)).toBe(true);
  });
});
