import { chmod, cp, readdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { displayPath } from '../../src/git/path-bytes.ts';
import { readHead, readIndex } from '../../src/git/snapshot.ts';
import { prepareStaging, stageFiles } from '../../src/git/stage.ts';
import { temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

const text = (content: string) => Buffer.from(content);

describe('stageFiles', () => {
  test.each(['sha1', 'sha256'] as const)('stages any name and any bytes (%s)', async (objectFormat) => {
    const made = await temporaryRepository({ objectFormat });
    const repo = await made.open();
    const names = Object.keys(HOSTILE_FILES);
    const files = Object.entries(HOSTILE_FILES);
    await stageFiles(
      repo,
      files.map(([path, bytes]) => ({ kind: 'write', path, bytes })),
    );
    const index = await readIndex(repo);
    expect([...index.entries.keys()].map(displayPath).sort()).toEqual(names.map(displayPath).sort());
    const contents = await index.read(names);
    for (const [name, bytes] of files) expect(contents.get(name), displayPath(name)).toEqual(bytes);
    await stageFiles(
      repo,
      names.map((path) => ({ kind: 'delete', path })),
    );
    expect((await readIndex(repo)).entries.size).toBe(0);
  });

  test('leaves the disk and the other entries alone', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'old', b: 'old', c: 'old' });
    await made.write({ a: 'on disk', c: 'staged' });
    await made.git('add', 'c');
    const repo = await made.open();
    await stageFiles(repo, [
      { kind: 'write', path: 'a', bytes: text('staged') },
      { kind: 'delete', path: 'b' },
      { kind: 'write', path: 'new/d', bytes: text('staged') },
      { kind: 'delete', path: 'was never there' },
    ]);
    const index = await readIndex(repo);
    expect([...index.entries.keys()]).toEqual(['a', 'c', 'new/d']);
    const contents = await index.read(['a', 'c', 'new/d']);
    expect([...contents.values()].map(String)).toEqual(['staged', 'staged', 'staged']);
    expect(String(await made.read('a'))).toBe('on disk');
    expect(String(await made.read('b'))).toBe('old');
    expect((await readdir(made.root)).sort()).toEqual(['.git', 'a', 'b', 'c']);
  });

  test('stores the bytes it was given, without filters or line ends', async () => {
    const made = await temporaryRepository();
    await made.git('config', 'filter.upper.clean', 'tr a-z A-Z');
    await made.commit({ '.gitattributes': '*.go filter=upper\n' });
    await made.git('config', 'core.autocrlf', 'true');
    await made.git('config', 'core.safecrlf', 'true');
    const repo = await made.open();
    await stageFiles(repo, [
      { kind: 'write', path: 'a.go', bytes: text('lower\r\n') },
      { kind: 'write', path: 'b.txt', bytes: text('crlf\r\n') },
    ]);
    const contents = await (await readIndex(repo)).read(['a.go', 'b.txt']);
    expect([...contents.values()].map(String)).toEqual(['lower\r\n', 'crlf\r\n']);
  });

  test('keeps the mode of a file, unless another is asked for', async () => {
    const made = await temporaryRepository();
    await made.write({ script: 'x', 'other script': 'x' }, 0o755);
    await made.commit();
    const repo = await made.open();
    await stageFiles(repo, [
      { kind: 'write', path: 'script', bytes: text('y') },
      { kind: 'write', path: 'other script', bytes: text('y'), mode: '100644' },
      { kind: 'write', path: 'new script', bytes: text('y'), mode: '100755' },
      { kind: 'write', path: 'plain', bytes: text('y') },
    ]);
    const { entries } = await readIndex(repo);
    expect([...entries.values()].map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      '100755 new script',
      '100644 other script',
      '100644 plain',
      '100755 script',
    ]);
  });

  test('stages into the index that GIT_INDEX_FILE names', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const main = await made.open();
    const before = (await readIndex(main)).id;
    await made.git('read-tree', '--index-output=.git/other', 'HEAD');
    const other = await made.open({ env: { GIT_INDEX_FILE: '.git/other' } });
    await stageFiles(other, [{ kind: 'write', path: 'b', bytes: text('b') }]);
    expect([...(await readIndex(other)).entries.keys()]).toEqual(['a', 'b']);
    expect((await readIndex(main)).id).toBe(before);
  });

  test('keeps the paths of a sparse checkout off the disk', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'in/a': 'a', 'out/b': 'b', 'out/c': 'c' });
    await made.git('sparse-checkout', 'set', '--cone', 'in');
    await stageFiles(await made.open(), [
      { kind: 'write', path: 'in/a', bytes: text('new') },
      { kind: 'write', path: 'out/b', bytes: text('new') },
      { kind: 'delete', path: 'out/c' },
    ]);
    const status = await made.git('status', '--porcelain');
    expect(status.split('\n')).toEqual(['MM in/a', 'M  out/b', 'D  out/c']);
  });

  test('turns an intention to add into the staged file', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await made.write({ b: 'disk' });
    await made.git('add', '--intent-to-add', 'b');
    const repo = await made.open();
    await stageFiles(repo, [{ kind: 'write', path: 'b', bytes: Buffer.alloc(0) }]);
    expect([...(await readIndex(repo)).entries.keys()]).toEqual(['a', 'b']);
  });

  test('resolves a conflict at its path, by bytes or by deletion, and leaves the others', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'base', b: 'base', c: 'base' });
    await made.git('switch', '--quiet', '-c', 'side');
    await made.commit({ a: 'side', b: 'side', c: 'side' });
    await made.git('switch', '--quiet', 'main');
    await made.commit({ a: 'main', b: 'main', c: 'main' });
    await made.tryGit(['merge', '--quiet', 'side']);
    await stageFiles(await made.open(), [
      { kind: 'write', path: 'a', bytes: text('made') },
      { kind: 'delete', path: 'b' },
    ]);
    const listed = await made.git('ls-files', '--stage');
    expect(listed.split('\n').map((line) => line.slice(-3))).toEqual(['0\ta', '1\tc', '2\tc', '3\tc']);
    expect(await made.git('show', ':a')).toBe('made');
  });

  test('leaves the index to those who could read and write it', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const repo = await made.open();
    await chmod(repo.indexFile, 0o664);
    await stageFiles(repo, [{ kind: 'write', path: 'a', bytes: text('b') }]);
    expect((await stat(repo.indexFile)).mode & 0o777).toBe(0o664);
  });

  test('does nothing, and takes no lock, for nothing to stage', async () => {
    const made = await temporaryRepository();
    await made.write({ '.git/index.lock': '' });
    await expect(stageFiles(await made.open(), [])).resolves.toBeUndefined();
  });
});

describe('stageFiles refuses, and stages nothing', () => {
  const refusals: [string, string, Parameters<typeof stageFiles>[1][number]][] = [
    ['a link', 'symlinked-output', { kind: 'write', path: 'link', bytes: text('x') }],
    ['the deletion of a link', 'symlinked-output', { kind: 'delete', path: 'link' }],
    ['a path below a link', 'symlinked-output', { kind: 'write', path: 'link/x', bytes: text('x') }],
    ['a submodule', 'submodule', { kind: 'delete', path: 'sub' }],
    ['a path in a submodule', 'submodule', { kind: 'write', path: 'sub/x', bytes: text('x') }],
    ['a path below a file', 'path-conflict', { kind: 'write', path: 'file/x', bytes: text('x') }],
    ['a folder', 'path-conflict', { kind: 'write', path: 'folder', bytes: text('x') }],
    ["git's folder", 'invalid-path', { kind: 'write', path: '.git/config', bytes: text('x') }],
    ["git's folder in capitals", 'invalid-path', { kind: 'write', path: 'a/.GIT/x', bytes: text('x') }],
    ['a path outside', 'invalid-path', { kind: 'write', path: '../x', bytes: text('x') }],
    ['an absolute path', 'invalid-path', { kind: 'write', path: '/tmp/x', bytes: text('x') }],
    ['no path', 'invalid-path', { kind: 'write', path: '', bytes: text('x') }],
    ['the same path twice', 'path-conflict', { kind: 'delete', path: 'fine' }],
    ['a folder of another write', 'path-conflict', { kind: 'write', path: 'fine/x', bytes: text('x') }],
  ];
  test.each(refusals)('%s', async (_, code, write) => {
    const made = await temporaryRepository();
    await symlink('folder', made.path('link'));
    const head = await made.commit({ file: 'x', 'folder/a': 'x' });
    await made.git('update-index', '--add', '--cacheinfo', `160000,${head},sub`);
    const repo = await made.open();
    const before = (await readIndex(repo)).id;
    const writes = [{ kind: 'write', path: 'fine', bytes: text('x') } as const, write];
    await expect(stageFiles(repo, writes)).rejects.toMatchObject({ code });
    expect((await readIndex(repo)).id).toBe(before);
  });

  test.each([
    ['another file of the same size and time', true, 0],
    ['written in place', false, 1],
  ])('where the index has become %s', async (_, isAnother, later) => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const { indexFile, ...repo } = await made.open();
    await utimes(indexFile, 1_700_000_000, 1_700_000_000);
    const write = { kind: 'write', path: 'a', bytes: text('x') } as const;
    const staging = await prepareStaging({ ...repo, indexFile }, [write]);
    const copy = `${indexFile}.copy`;
    await cp(indexFile, copy);
    if (isAnother) await rename(copy, indexFile);
    else await writeFile(indexFile, await made.read('.git/index.copy'));
    await utimes(indexFile, 1_700_000_000, 1_700_000_000 + later);
    await expect(staging.finish()).rejects.toMatchObject({ code: 'index-changed' });
    expect(await made.git('show', ':a')).toBe('a');
  });

  test('while another git holds the index', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await made.write({ '.git/index.lock': '' });
    const repo = await made.open();
    const write = { kind: 'write', path: 'a', bytes: text('x') } as const;
    await expect(stageFiles(repo, [write])).rejects.toMatchObject({
      code: 'index-locked',
      message: expect.stringContaining('index.lock'),
    });
    await rm(made.path('.git/index.lock'));
    await expect(stageFiles(repo, [write])).resolves.toBeUndefined();
  });
});

test('a file that replaces a folder needs the folder to be deleted with it', async () => {
  const made = await temporaryRepository();
  await made.commit({ 'out/a': 'a', 'out/b': 'b' });
  const repo = await made.open();
  await stageFiles(repo, [
    { kind: 'delete', path: 'out/a' },
    { kind: 'delete', path: 'out/b' },
    { kind: 'write', path: 'out', bytes: text('x') },
  ]);
  expect([...(await readIndex(repo)).entries.keys()]).toEqual(['out']);
  expect([...(await readHead(repo)).entries.keys()]).toEqual(['out/a', 'out/b']);
});
