import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, readdir, rename, stat, symlink, utimes } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { FileWrite } from '../../src/git/file-write.ts';
import { displayPath } from '../../src/git/path-bytes.ts';
import { temporaryName } from '../../src/git/temporary-file.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';
import { currentOwner, formatOwner } from '../../src/process/owner.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

const write = (path: string, content: string, mode?: '100644' | '100755'): FileWrite => ({
  kind: 'write',
  path,
  bytes: Buffer.from(content),
  mode,
});
const remove = (path: string): FileWrite => ({ kind: 'delete', path });
const exists = async (made: TestRepository, path: string) =>
  (await lstat(made.path(path)).catch(() => undefined)) !== undefined;

/** A path that is short enough for the system, though that of a temporary file beside it is not. */
function unwritable(made: TestRepository, name: string): string {
  const limit = process.platform === 'darwin' ? 1023 : 4095;
  const length = limit - made.root.length - name.length - 2;
  const folder = `long/${'x'.repeat(99)}/`.repeat(Math.ceil(length / 105)).slice(0, length);
  return `${folder.replace(/\/$/, 'x')}/${name}`;
}

describe('writeFiles', () => {
  test('writes any name and any bytes', async () => {
    const made = await temporaryRepository();
    const files = Object.entries(HOSTILE_FILES);
    await writeFiles(
      await made.open(),
      files.map(([path, bytes]) => ({ kind: 'write', path: `out/${path}`, bytes })),
    );
    for (const [path, bytes] of files)
      expect(await made.read(`out/${path}`), displayPath(path)).toEqual(bytes);
    await writeFiles(
      await made.open(),
      files.map(([path]) => remove(`out/${path}`)),
    );
    expect(await readdir(made.root)).toEqual(['.git']);
  });

  test('removes the folders that became empty, and no other', async () => {
    const made = await temporaryRepository();
    await made.write({ 'a/b/c/x': 'x', 'a/keep': 'x', 'd/e/y': 'y' });
    await writeFiles(await made.open(), [remove('a/b/c/x'), remove('d/e/y'), remove('never/there')]);
    expect(await readdir(made.path('a'))).toEqual(['keep']);
    expect((await readdir(made.root)).sort()).toEqual(['.git', 'a']);
  });

  test('keeps the mode of a file, unless another is asked for', async () => {
    const made = await temporaryRepository();
    await made.write({ script: 'x', stripped: 'x' }, 0o755);
    await made.write({ secret: 'x', raised: 'x' });
    await chmod(made.path('secret'), 0o600);
    await chmod(made.path('raised'), 0o640);
    await writeFiles(await made.open(), [
      write('script', 'y'),
      write('stripped', 'y', '100644'),
      write('secret', 'y'),
      write('raised', 'x', '100755'),
      write('new script', 'y', '100755'),
      write('plain', 'y'),
    ]);
    const mode = async (path: string) => ((await stat(made.path(path))).mode & 0o777).toString(8);
    const umask = process.umask();
    expect(await mode('script')).toBe('755');
    expect(await mode('stripped')).toBe('644');
    expect(await mode('secret')).toBe('600');
    expect(await mode('raised')).toBe('750');
    expect(await mode('new script')).toBe((0o777 & ~umask).toString(8));
    expect(await mode('plain')).toBe((0o666 & ~umask).toString(8));
  });

  test('does not touch a file that is right already', async () => {
    const made = await temporaryRepository();
    await made.write({ a: 'same' });
    await utimes(made.path('a'), 1, 1);
    const before = await stat(made.path('a'));
    await writeFiles(await made.open(), [write('a', 'same')]);
    const after = await stat(made.path('a'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test('replaces a file as a whole, so that an open reader keeps the old one', async () => {
    const made = await temporaryRepository();
    await made.write({ a: 'old' });
    const before = await stat(made.path('a'));
    await writeFiles(await made.open(), [write('a', 'new')]);
    expect((await stat(made.path('a'))).ino).not.toBe(before.ino);
    expect((await readdir(made.root)).sort()).toEqual(['.git', 'a']);
  });

  test('writes first, deletes then, and atlas.sum last', async () => {
    const made = await temporaryRepository();
    const repo = await made.open();
    await made.write({ 'm/1.sql': 'old', 'm/atlas.sum': 'old', 'n/atlas.sum': 'old' });
    const writes = [
      remove('n/atlas.sum'),
      write('m/atlas.sum', 'new'),
      remove('m/1.sql'),
      write('m/2.sql', 'new'),
    ];
    const state = async () => [
      await exists(made, 'm/2.sql'),
      await exists(made, 'm/1.sql'),
      String(await made.read('m/atlas.sum')),
      await exists(made, 'n/atlas.sum'),
    ];
    const stopped = { code: 'write-failed', message: expect.stringContaining('ENAMETOOLONG') };

    await expect(writeFiles(repo, [...writes, write(unwritable(made, 'x.sql'), 'x')])).rejects.toMatchObject(
      stopped,
    );
    expect(await state()).toEqual([true, true, 'old', true]);
    const sum = write(unwritable(made, 'atlas.sum'), 'x');
    await expect(writeFiles(repo, [sum, ...writes])).rejects.toMatchObject(stopped);
    expect(await state()).toEqual([true, false, 'old', true]);
    // Without the obstacle the same call completes.
    await writeFiles(repo, writes);
    expect(await state()).toEqual([true, false, 'new', false]);
    expect((await readdir(made.path('m'))).sort()).toEqual(['2.sql', 'atlas.sum']);
    expect(await exists(made, 'n')).toBe(false);
  });

  test('removes what a killed run left, and nothing of one that lives', async () => {
    const made = await temporaryRepository();
    // A process that has just ended has a name that nobody can own any more.
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const owner = await currentOwner();
    const dead = `.dbcheck-${formatOwner({ ...owner, pid: child.pid ?? 0 })}-0123456789ab.tmp`;
    const alive = await temporaryName();
    const away = `.dbcheck-${formatOwner({ ...owner, host: 'abcdef' })}-0123456789ab.tmp`;
    const awayLongAgo = `.dbcheck-${formatOwner({ ...owner, host: 'abcdef' })}-aaaaaaaaaaaa.tmp`;
    const alike = '.dbcheck-notes.tmp';
    await made.write({ out: null });
    for (const name of [dead, alive, away, awayLongAgo, alike]) await made.write({ [`out/${name}`]: 'x' });
    await utimes(made.path(`out/${awayLongAgo}`), 1, 1);
    await writeFiles(await made.open(), [write('out/a', 'a')]);
    expect((await readdir(made.path('out'))).sort()).toEqual([alike, alive, away, 'a'].sort());
  });

  test('reports what the system refuses, and leaves nothing behind', async () => {
    const made = await temporaryRepository();
    const path = `out/${'x'.repeat(300)}`;
    await expect(writeFiles(await made.open(), [write(path, 'x')])).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('ENAMETOOLONG'),
      place: { path },
    });
  });
});

describe('writeFiles refuses, and writes nothing', () => {
  const refusals: [string, string, FileWrite][] = [
    ['a link', 'symlinked-output', write('link', 'x')],
    ['the deletion of a link', 'symlinked-output', remove('link')],
    ['a dangling link', 'symlinked-output', write('dangling', 'x')],
    ['a path below a link', 'symlinked-output', write('linked-folder/deep/x', 'x')],
    ['a path below a link to the outside', 'symlinked-output', write('outside/x', 'x')],
    ['a path below a file', 'path-conflict', write('file/x', 'x')],
    ['a folder', 'path-conflict', write('folder', 'x')],
    ['the deletion of a folder', 'path-conflict', remove('folder')],
    ['a path in another repository', 'submodule', write('nested/x', 'x')],
    ["git's folder", 'invalid-path', write('.git/hooks/pre-commit', 'x')],
    ["another repository's git folder", 'invalid-path', write('nested/.Git/config', 'x')],
    ['a path outside', 'invalid-path', write('folder/../../x', 'x')],
    ['an absolute path', 'invalid-path', write('/x', 'x')],
    ['a path with NUL', 'invalid-path', write('a\0b', 'x')],
    ['the same path twice', 'path-conflict', remove('fine')],
  ];
  test.each(refusals)('%s', async (_, code, refused) => {
    const made = await temporaryRepository();
    await made.write({ file: 'x', 'folder/a': 'x', 'folder/deep/a': 'x', '../away/a': 'x' });
    await symlink('file', made.path('link'));
    await symlink('nowhere', made.path('dangling'));
    await symlink('folder', made.path('linked-folder'));
    await symlink('../away', made.path('outside'));
    await made.git('init', '--quiet', 'nested');
    const repo = await made.open();
    const list = () =>
      execFileSync('find', ['..', '-not', '-path', '*/.git/*'], { cwd: made.root }).toString();
    const before = list();
    await expect(writeFiles(repo, [write('fine', 'x'), refused])).rejects.toMatchObject({ code });
    expect(list()).toBe(before);
    expect(String(await made.read('file'))).toBe('x');
  });

  test("git's folder under another name", async () => {
    const made = await temporaryRepository();
    await rename(made.path('.git'), made.path('data'));
    const env = { GIT_DIR: 'data' };
    await expect(writeFiles(await made.open({ env }), [write('data/config', 'x')])).rejects.toMatchObject({
      code: 'invalid-path',
    });
  });
});

test('whoever reads meanwhile sees the old file or the new one', async () => {
  const made = await temporaryRepository();
  const repo = await made.open();
  await made.write({ 'out/a': 'old' });
  const sizes = new Set<number>();
  let written = false;
  const writing = writeFiles(repo, [write('out/a', 'n'.repeat(1_000_000))]).finally(() => {
    written = true;
  });
  while (!written) sizes.add((await stat(made.path('out/a'))).size);
  await writing;
  sizes.add((await stat(made.path('out/a'))).size);
  expect([...sizes].sort()).toEqual([1_000_000, 3]);
});
