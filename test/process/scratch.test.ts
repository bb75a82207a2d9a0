import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';
import { createScratch, ownedName, sweepScratch } from '../../src/process/scratch.ts';

describe('a scratch folder', () => {
  it('is private, lies in the temp folder and is removed with what is in it', async () => {
    const scratch = await createScratch();
    const inner = await scratch.folder('postgres/keygen');
    await writeFile(join(inner, 'file'), 'x');
    expect((await stat(scratch.dir)).mode & 0o777).toBe(0o700);
    expect((await stat(inner)).mode & 0o777).toBe(0o700);
    expect(await realpath(join(scratch.dir, '..'))).toBe(await realpath(tmpdir()));
    expect(await scratch.folder('postgres/keygen')).toBe(inner);
    await scratch.remove();
    await scratch.remove();
    expect(existsSync(scratch.dir)).toBe(false);
  });

  it.each(['..', 'a/../../b', '/etc', '', 'a//b', './a', 'a\0b'])('refuses the name %j', async (name) => {
    const scratch = await createScratch();
    try {
      await expect(scratch.folder(name)).rejects.toMatchObject({ code: 'scratch-name' });
    } finally {
      await scratch.remove();
    }
  });

  it('is not there again when a folder was still being made', async () => {
    for (let round = 0; round < 20; round += 1) {
      const scratch = await createScratch();
      const names = Array.from({ length: 8 }, (_, index) => `${index}/a/b/c`);
      const made = Promise.allSettled(names.map((name) => scratch.folder(name)));
      await scratch.remove();
      await made;
      expect(existsSync(scratch.dir)).toBe(false);
    }
  });

  it('makes no folder once it is removed', async () => {
    const scratch = await createScratch();
    await scratch.remove();
    await expect(scratch.folder('late')).rejects.toMatchObject({ code: 'scratch-removed' });
    expect(existsSync(scratch.dir)).toBe(false);
  });

  it('leaves no listener behind', async () => {
    const count = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((event) => process.listenerCount(event));
    const before = count();
    const [first, second] = [await createScratch(), await createScratch()];
    await first.remove();
    await second.remove();
    expect(count()).toEqual(before);
  });
});

describe('the sweep', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sweep-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const make = async (name: string) => {
    const path = join(root, name);
    await mkdir(join(path, 'data'), { recursive: true });
    return path;
  };
  const names = async () => (await readdir(root)).sort();

  it('removes what dead runs left, and nothing else', async () => {
    const self = await currentOwner();
    const living = await make(`${await ownedName()}-aaaaaa`);
    const dead = await make(`dbcheck-${formatOwner({ ...self, start: '0badcafe' })}-bbbbbb`);
    const stranger = await make('dbcheck-notes');
    expect(await sweepScratch([root])).toEqual([dead]);
    expect(await names()).toEqual([living, stranger].map((path) => basename(path)).sort());
  });

  it("removes another machine's only when it is too old to be in use", async () => {
    const foreign = { ...(await currentOwner()), host: '0badca' };
    const young = await make(`dbcheck-${formatOwner(foreign)}-aaaaaa`);
    const old = await make(`dbcheck-${formatOwner(foreign)}-bbbbbb`);
    const month = Date.now() / 1000 - 30 * 24 * 60 * 60;
    await utimes(old, month, month);
    expect(await sweepScratch([root])).toEqual([old]);
    expect(await names()).toEqual([basename(young)]);
  });

  it('follows no link', async () => {
    const target = await make('kept');
    const owner = formatOwner({ ...(await currentOwner()), start: '0badcafe' });
    await symlink(target, join(root, `dbcheck-${owner}-aaaaaa`));
    expect(await sweepScratch([root])).toEqual([]);
    expect(existsSync(join(target, 'data'))).toBe(true);
  });

  it('bears a root that is not there', async () => {
    expect(await sweepScratch([join(root, 'absent')])).toEqual([]);
  });
});
