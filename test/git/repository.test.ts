import { chmod, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { repositoryAt, temporaryRepository } from '../support/repository.ts';

describe('openRepository', () => {
  test('finds every part from a subfolder', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'web/api/x.go': 'x' });
    const repo = await made.open({ cwd: join(made.root, 'web/api') });
    const gitDir = join(made.root, '.git');
    expect(repo).toMatchObject({
      root: made.root,
      gitDir,
      commonDir: gitDir,
      indexFile: join(gitDir, 'index'),
      mainIndexFile: join(gitDir, 'index'),
      privateIndex: false,
      hooksDir: join(gitDir, 'hooks'),
      cwdPrefix: 'web/api',
      objectFormat: 'sha1',
    });
    expect((await made.open()).cwdPrefix).toBe('');
  });

  test('knows the object format', async () => {
    const made = await temporaryRepository({ objectFormat: 'sha256' });
    expect((await made.open()).objectFormat).toBe('sha256');
  });

  test.each(['new\nline', 'quote"d', "it's", 'größe', ' lead', 'a:b', '--dbcheck'])(
    'in a folder named %j',
    async (name) => {
      const made = await temporaryRepository({ name });
      await made.commit({ 'sub/a': 'a' });
      const repo = await made.open({ cwd: join(made.root, 'sub') });
      expect(repo.root).toBe(join(made.root));
      expect(repo.cwdPrefix).toBe('sub');
      expect((await repo.git(['ls-files'])).stdout.toString()).toBe('sub/a\n');
    },
  );

  test('takes a relative GIT_INDEX_FILE from the root, an absolute one as it is', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'web/x': 'x' });
    const cwd = join(made.root, 'web');
    const relative = await made.open({ cwd, env: { GIT_INDEX_FILE: '.git/other' } });
    expect(relative.indexFile).toBe(join(made.root, '.git/other'));
    expect(relative.mainIndexFile).toBe(join(made.root, '.git/index'));
    const absolute = await made.open({ cwd, env: { GIT_INDEX_FILE: '/tmp/some/index' } });
    expect(absolute.indexFile).toBe('/tmp/some/index');
    expect(absolute.privateIndex).toBe(false);
  });

  test('honours core.hooksPath, relative to the root', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'web/x': 'x' });
    await made.git('config', 'core.hooksPath', '.husky/_');
    const repo = await made.open({ cwd: join(made.root, 'web') });
    expect(repo.hooksDir).toBe(join(made.root, '.husky/_'));
  });

  test('in a linked work tree, also from a subfolder with the variables of a hook', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'web/x': 'x' });
    const linked = `${made.root}-linked`;
    await made.git('worktree', 'add', '--quiet', linked);
    const gitDir = join(made.root, '.git/worktrees', 'repository-linked');
    const expected = {
      root: linked,
      gitDir,
      commonDir: join(made.root, '.git'),
      indexFile: join(gitDir, 'index'),
      hooksDir: join(made.root, '.git/hooks'),
      cwdPrefix: 'web',
    };
    const cwd = join(linked, 'web');
    expect(await made.open({ cwd })).toMatchObject(expected);
    const env = { GIT_DIR: gitDir, GIT_INDEX_FILE: join(gitDir, 'index'), GIT_PREFIX: '' };
    expect(await made.open({ cwd, env })).toMatchObject(expected);
  });

  test('in a submodule', async () => {
    const inner = await temporaryRepository({ name: 'inner' });
    await inner.commit({ a: 'a' });
    const outer = await temporaryRepository();
    await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    const repo = await outer.open({ cwd: join(outer.root, 'sub') });
    expect(repo).toMatchObject({
      root: join(outer.root, 'sub'),
      gitDir: join(outer.root, '.git/modules/sub'),
      indexFile: join(outer.root, '.git/modules/sub/index'),
    });
  });

  test('with a git folder elsewhere, named by the environment', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const elsewhere = `${made.root}-files`;
    await mkdir(elsewhere);
    const env = { GIT_DIR: join(made.root, '.git'), GIT_WORK_TREE: '.' };
    const repo = await made.open({ cwd: elsewhere, env });
    expect(repo).toMatchObject({ root: elsewhere, gitDir: join(made.root, '.git') });
    const absolute = { GIT_DIR: join(made.root, '.git'), GIT_WORK_TREE: elsewhere };
    expect(await made.open({ env: absolute })).toMatchObject({ root: elsewhere });
  });

  test('with .git as a symbolic link', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await made.git('init', '--quiet', `--separate-git-dir=${made.root}.git`);
    await rm(join(made.root, '.git'));
    await symlink(`${made.root}.git`, join(made.root, '.git'));
    const repo = await made.open();
    expect(repo.root).toBe(made.root);
    expect((await repo.git(['ls-files'])).stdout.toString()).toBe('a\n');
  });
});

describe('openRepository refuses', () => {
  test('a folder without a repository', async () => {
    const made = await temporaryRepository();
    const cwd = join(made.root, '..', 'home');
    await expect(made.open({ cwd })).rejects.toMatchObject({
      code: 'not-a-repository',
      message: expect.stringContaining('not a git repository'),
      hint: expect.stringContaining('git init'),
    });
  });

  test('a folder that does not exist', async () => {
    const made = await temporaryRepository();
    const cwd = join(made.root, 'nothing');
    await expect(made.open({ cwd })).rejects.toMatchObject({
      code: 'not-a-repository',
      message: expect.stringContaining('does not exist'),
    });
  });

  test('a bare repository', async () => {
    const made = await temporaryRepository();
    await made.git('clone', '--quiet', '--bare', made.root, `${made.root}.bare`);
    await expect(made.open({ cwd: `${made.root}.bare` })).rejects.toMatchObject({
      code: 'not-a-repository',
      message: expect.stringContaining('bare'),
    });
  });

  test("git's own folder", async () => {
    const made = await temporaryRepository();
    await expect(made.open({ cwd: join(made.root, '.git') })).rejects.toMatchObject({
      code: 'not-a-repository',
      message: expect.stringContaining('work tree'),
    });
  });

  test('a repository of somebody else', async () => {
    const made = await temporaryRepository();
    // What git's own tests use to make it believe that the owner is another.
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    await expect(made.open({ env })).rejects.toMatchObject({
      code: 'not-a-repository',
      message: expect.stringContaining('dubious ownership'),
      hint: `git config --global --add safe.directory ${made.root}`,
    });
  });

  test('to go on without git', async () => {
    const made = await temporaryRepository();
    const env = { ...made.env, PATH: join(made.root, 'nothing') };
    await expect(openRepository({ cwd: made.root, env })).rejects.toMatchObject({
      code: 'tool-missing',
      hint: expect.stringContaining('install git'),
    });
  });

  test('a git that does not know the question', async () => {
    const made = await temporaryRepository();
    const bin = join(made.root, '..', 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'git'), '#!/bin/sh\necho something else\n');
    await chmod(join(bin, 'git'), 0o755);
    const env = { ...made.env, PATH: `${bin}:${made.env['PATH']}` };
    await expect(openRepository({ cwd: made.root, env })).rejects.toMatchObject({
      code: 'git-failed',
      hint: expect.stringContaining('2.31'),
    });
  });
});

describe('Repository.git', () => {
  test("fails with git's own words, or hands back the exit code", async () => {
    const made = await temporaryRepository();
    const repo = await made.open();
    await expect(repo.git(['cat-file', '-p', 'nothing'])).rejects.toMatchObject({
      code: 'git-failed',
      message: expect.stringContaining('Not a valid object name'),
    });
    const result = await repo.git(['cat-file', '-p', 'nothing'], { allowFailure: true });
    expect(result.exitCode).toBe(128);
  });

  test('means its own repository, whatever the hook of another one says', async () => {
    const made = await temporaryRepository();
    await made.commit({ ours: 'x' });
    const other = await temporaryRepository();
    await other.commit({ theirs: 'x' });
    const repo = await repositoryAt(made.root, other.env).open();
    expect((await repo.git(['ls-files'])).stdout.toString()).toBe('ours\n');
  });

  test('does not refresh the index in passing', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await utimes(made.path('a'), 1, 1);
    const before = await made.read('.git/index');
    const repo = await made.open();
    expect((await repo.git(['status', '--porcelain'])).stdout.toString()).toBe('');
    expect((await made.read('.git/index')).equals(before)).toBe(true);
  });

  test('stays out of submodules', async () => {
    const inner = await temporaryRepository({ name: 'inner' });
    await inner.commit({ a: 'needle' });
    const made = await temporaryRepository();
    await made.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    await made.commit({ b: 'needle' });
    await made.git('config', 'submodule.recurse', 'true');
    const repo = await made.open();
    expect((await repo.git(['grep', '-l', 'needle'])).stdout.toString()).toBe('b\n');
  });

  test('reads paths literally, unquoted and uncoloured', async () => {
    const made = await temporaryRepository();
    await made.commit({ '*': 'star', ä: 'x', plain: 'x' });
    await made.git('config', 'color.ui', 'always');
    await made.git('config', 'core.quotepath', 'on');
    const env = { GIT_GLOB_PATHSPECS: '1', GIT_NOGLOB_PATHSPECS: '1', GIT_ICASE_PATHSPECS: '1' };
    const repo = await made.open({ env });
    expect((await repo.git(['ls-files', '--', '*', 'ä'])).stdout.toString()).toBe('*\nä\n');
  });
});
