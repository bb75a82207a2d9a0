import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { displayPath } from '../../src/git/path-bytes.ts';
import { readIndex } from '../../src/git/snapshot.ts';
import { temporaryName } from '../../src/git/temporary-file.ts';
import { readWorktree } from '../../src/git/worktree.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

/** What git itself would stage, which is what the snapshot must equal. */
async function stagedByGit(made: TestRepository) {
  await made.git('add', '--all');
  return readIndex(await made.open());
}

/** Takes the snapshot with all its bytes, then lets git stage the same, and compares. */
async function expectAsGitStages(made: TestRepository): Promise<string[]> {
  const disk = await readWorktree(await made.open());
  const readable = [...disk.entries.values()].filter((entry) => entry.mode.startsWith('100'));
  const paths = readable.map((entry) => entry.path);
  const contents = await disk.read(paths);
  const staged = await stagedByGit(made);
  expect([...disk.entries.values()]).toEqual([...staged.entries.values()]);
  expect(disk.id).toBe(staged.id);
  expect(contents).toEqual(await staged.read(paths));
  return [...disk.entries.keys()];
}

describe('readWorktree equals what git would stage', () => {
  test('with nothing changed', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a', 'b/c': 'c' });
    expect(await expectAsGitStages(made)).toEqual(['a', 'b/c']);
  });

  test('with changes, deletions, new and ignored files', async () => {
    const made = await temporaryRepository();
    await made.commit({
      '.gitignore': 'ignored*\n',
      a: 'a',
      b: 'b',
      'd/gone': 'x',
      'ignored-but-tracked': 'x',
    });
    await made.git('add', '--force', 'ignored-but-tracked');
    await made.commit();
    await made.write({
      a: 'changed',
      'd/gone': null,
      'new/file': 'new',
      ignored: 'x',
      'ignored-but-tracked': 'y',
    });
    expect(await expectAsGitStages(made)).toEqual([
      '.gitignore',
      'a',
      'b',
      'ignored-but-tracked',
      'new/file',
    ]);
  });

  test.each(['sha1', 'sha256'] as const)('with hostile names (%s)', async (objectFormat) => {
    const made = await temporaryRepository({ objectFormat });
    await made.write(HOSTILE_FILES);
    const paths = await expectAsGitStages(made);
    expect(paths.map(displayPath).sort()).toEqual(Object.keys(HOSTILE_FILES).map(displayPath).sort());
    for (const name of Object.keys(HOSTILE_FILES)) await made.write({ [name]: 'changed' });
    await expectAsGitStages(made);
  });

  test('with staged changes beneath the changes on disk', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: '1', b: '1' });
    await made.write({ a: '2', 'new and gone': 'x' });
    await made.git('add', '--all');
    await made.git('rm', '--quiet', '--cached', 'b');
    await made.write({ a: '3', 'new and gone': null });
    expect(await expectAsGitStages(made)).toEqual(['a', 'b']);
  });

  test('with modes and types changed', async () => {
    const made = await temporaryRepository();
    await symlink('target', made.path('link'));
    await made.commit({ script: 'x', 'was a file': 'x', 'folder/a': 'x', 'becomes/folder': 'x' });
    await chmod(made.path('script'), 0o755);
    await rm(made.path('was a file'));
    await symlink('elsewhere\n', made.path('was a file'));
    await rm(made.path('link'));
    await made.write({ link: 'now a file' });
    await rm(made.path('folder'), { recursive: true });
    await made.write({ folder: 'now a file', 'becomes/folder': null, 'becomes/folder/deep/x': 'x' });
    expect(await expectAsGitStages(made)).toEqual([
      'becomes/folder/deep/x',
      'folder',
      'link',
      'script',
      'was a file',
    ]);
  });

  test('with a folder that became a link', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'out/a': 'a', 'out/b': 'b', x: 'x' });
    await rename(made.path('out'), made.path('moved'));
    await symlink('moved', made.path('out'));
    expect(await expectAsGitStages(made)).toEqual(['moved/a', 'moved/b', 'out', 'x']);
  });

  test('with intentions to add, also of files that are gone again', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await made.write({ intended: 'content', empty: '', gone: 'x' });
    await made.git('add', '--intent-to-add', 'intended', 'empty', 'gone');
    await made.write({ gone: null });
    expect(await expectAsGitStages(made)).toEqual(['a', 'empty', 'intended']);
  });

  test('with core.fileMode off', async () => {
    const made = await temporaryRepository();
    await made.write({ script: 'x' }, 0o755);
    await made.commit({ plain: 'x' });
    await made.git('config', 'core.fileMode', 'false');
    await chmod(made.path('script'), 0o644);
    await made.write({ plain: 'y' }, 0o755);
    await expectAsGitStages(made);
  });

  test('with autocrlf, also for files that were committed with CRLF', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'committed-crlf': 'a\r\nb\r\n', lf: 'a\nb\n', mixed: 'a\r\nb\n' });
    await made.git('config', 'core.autocrlf', 'true');
    await made.write({
      'committed-crlf': 'a\r\nb\r\nc\r\n',
      lf: 'a\r\nb\r\nc\r\n',
      mixed: 'c\r\nd\n',
      new: 'x\r\n',
    });
    await expectAsGitStages(made);
    // Git would refuse to stage a file that it can't restore; to read it is no matter of that.
    await made.git('config', 'core.safecrlf', 'true');
    await made.write({ lf: 'e\r\nf\n', 'committed-crlf': 'e\r\nf\r\n' });
    const disk = await readWorktree(await made.open());
    const contents = await disk.read(['committed-crlf', 'lf']);
    expect(String(contents.get('committed-crlf'))).toBe('e\r\nf\r\n');
    expect(String(contents.get('lf'))).toBe('e\nf\n');
  });

  test('with a clean filter', async () => {
    const made = await temporaryRepository();
    await made.git('config', 'filter.upper.clean', 'tr a-z A-Z');
    await made.commit({ '.gitattributes': '*.sql filter=upper\n', 'a.sql': 'one' });
    await made.write({ 'a.sql': 'two', 'b.sql': 'three' });
    await expectAsGitStages(made);
    const disk = await readWorktree(await made.open());
    expect(String((await disk.read(['b.sql'])).get('b.sql'))).toBe('THREE');
  });

  test('with other repositories inside', async () => {
    const inner = await temporaryRepository({ name: 'inner' });
    await inner.commit({ a: 'a' });
    const made = await temporaryRepository();
    await made.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    await made.commit({ x: 'x' });
    await made.write({ 'sub/new': 'x', 'sub/a': 'changed', x: 'y' });
    expect(await expectAsGitStages(made)).toEqual(['.gitmodules', 'sub', 'x']);
  });

  test('in a split index', async () => {
    const made = await temporaryRepository();
    await made.git('config', 'core.splitIndex', 'true');
    await made.commit({ a: 'a', b: 'b' });
    await made.write({ a: 'changed', c: 'c' });
    await expectAsGitStages(made);
  });

  test('with a change in the moment of the commit that keeps size and times', async () => {
    const made = await temporaryRepository();
    const moment = 1_700_000_000;
    await made.write({ racy: 'aaaa' });
    await utimes(made.path('racy'), moment, moment);
    await made.git('-c', 'core.checkStat=minimal', '-c', 'core.trustctime=false', 'add', 'racy');
    await made.git('config', 'core.checkStat', 'minimal');
    await made.git('config', 'core.trustctime', 'false');
    execFileSync('sh', ['-c', 'printf bbbb > racy'], { cwd: made.root });
    await utimes(made.path('racy'), moment, moment);
    // The index was written in that moment too, so that its time proves nothing.
    await utimes(made.path('.git/index'), moment, moment);
    const disk = await readWorktree(await made.open());
    expect(String((await disk.read(['racy'])).get('racy'))).toBe('bbbb');
  });
});

describe('readWorktree', () => {
  test('takes what a sparse checkout leaves out from the index', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'in/a': 'a', 'out/b': 'b', top: 'c' });
    await made.git('sparse-checkout', 'set', '--cone', 'in');
    await made.write({ 'in/a': 'changed' });
    const disk = await readWorktree(await made.open());
    expect([...disk.entries.keys()]).toEqual(['in/a', 'out/b', 'top']);
    const contents = await disk.read(['in/a', 'out/b']);
    expect(String(contents.get('in/a'))).toBe('changed');
    expect(String(contents.get('out/b'))).toBe('b');
  });

  test('leaves untracked repositories and temporary files of its own out', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await mkdir(made.path('nested'));
    await made.git('init', '--quiet', 'nested');
    await made.write({ 'nested/file': 'x', [`d/${await temporaryName()}`]: 'x', 'd/real': 'x' });
    const disk = await readWorktree(await made.open());
    expect([...disk.entries.keys()]).toEqual(['a', 'd/real']);
  });

  test('says when a file changed after the snapshot was taken', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: '1', b: '1' });
    await made.write({ a: '2', b: '2' });
    const disk = await readWorktree(await made.open());
    await made.write({ a: '3', b: null });
    await expect(disk.read(['a'])).rejects.toMatchObject({ code: 'worktree-changed', place: { path: 'a' } });
    await expect(disk.read(['b'])).rejects.toMatchObject({ code: 'worktree-changed', place: { path: 'b' } });
  });

  test('refuses unresolved conflicts', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'base' });
    await made.git('switch', '--quiet', '-c', 'side');
    await made.commit({ a: 'side' });
    await made.git('switch', '--quiet', 'main');
    await made.commit({ a: 'main' });
    await made.tryGit(['merge', '--quiet', 'side']);
    await expect(readWorktree(await made.open())).rejects.toMatchObject({ code: 'index-unmerged' });
  });

  test('reads a new repository without an index', async () => {
    const made = await temporaryRepository();
    await made.write({ a: 'a' });
    const disk = await readWorktree(await made.open());
    expect(String((await disk.read(['a'])).get('a'))).toBe('a');
    expect(disk.label).toBe('the work tree');
  });
});
