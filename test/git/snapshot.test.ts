import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { displayPath } from '../../src/git/path-bytes.ts';
import { emptySnapshot, readCommit, readHead, readIndex } from '../../src/git/snapshot.ts';
import { repositoryAt, temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

describe('readIndex', () => {
  test('is named by the hash of the listing', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'b/x': 'x', a: '', 'b-': 'y' });
    const listing = await made.tryGit(['ls-files', '-s', '-z']);
    const index = await readIndex(await made.open());
    expect(index.id).toBe(createHash('sha256').update(listing.stdout).digest('hex'));
    expect(index).toMatchObject({ kind: 'index', label: 'the index' });
    expect([...index.entries.keys()]).toEqual(['a', 'b-', 'b/x']);
  });

  test.each(['sha1', 'sha256'] as const)('reads every hostile name and byte (%s)', async (objectFormat) => {
    const made = await temporaryRepository({ objectFormat });
    await made.commit(HOSTILE_FILES);
    const index = await readIndex(await made.open());
    const names = Object.keys(HOSTILE_FILES);
    expect([...index.entries.keys()].map(displayPath).sort()).toEqual(names.map(displayPath).sort());
    const contents = await index.read(names);
    expect([...contents.keys()]).toEqual(names);
    for (const name of names) expect(contents.get(name), displayPath(name)).toEqual(HOSTILE_FILES[name]);
  });

  test('sees what is staged, not what is on disk', async () => {
    const made = await temporaryRepository();
    await made.commit({ kept: 'old', gone: 'x', 'deleted on disk': 'y' });
    await made.write({ kept: 'staged' });
    await made.git('add', 'kept');
    await made.git('rm', '--quiet', 'gone');
    await made.write({ kept: 'disk', 'deleted on disk': null, untracked: 'z' });
    const index = await readIndex(await made.open());
    expect([...index.entries.keys()]).toEqual(['deleted on disk', 'kept']);
    const contents = await index.read(['kept', 'deleted on disk']);
    expect(String(contents.get('kept'))).toBe('staged');
    expect(String(contents.get('deleted on disk'))).toBe('y');
  });

  test('tells modes, links and submodules apart', async () => {
    const inner = await temporaryRepository({ name: 'inner' });
    const innerCommit = await inner.commit({ a: 'a' });
    const made = await temporaryRepository();
    await made.write({ script: '#!/bin/sh\n' }, 0o755);
    await symlink('some/target', made.path('link'));
    await made.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    await made.commit({ plain: 'x' });
    const index = await readIndex(await made.open());
    const modes = [...index.entries.values()].map(({ path, mode }) => `${mode} ${path}`);
    expect(modes).toEqual([
      '100644 .gitmodules',
      '120000 link',
      '100644 plain',
      '100755 script',
      '160000 sub',
    ]);
    expect(index.entries.get('sub')?.oid).toBe(innerCommit);
    await expect(index.read(['link'])).rejects.toMatchObject({
      code: 'symlinked-source',
      place: { path: 'link' },
    });
    await expect(index.read(['sub'])).rejects.toMatchObject({ code: 'submodule', place: { path: 'sub' } });
  });

  test('leaves intentions to add out, and staged empty files in', async () => {
    const made = await temporaryRepository();
    const repo = await made.open();
    await made.commit({ old: 'x', 'old empty': '' });
    const before = await readIndex(repo);
    await made.write({ 'intended empty': '', intended: 'content', '-dash': '' });
    await made.git('add', '--intent-to-add', '--', 'intended', 'intended empty', '-dash');
    const intended = await readIndex(repo);
    expect([...intended.entries.keys()]).toEqual(['old', 'old empty']);
    expect(intended.id).toBe(before.id);
    await made.git('add', '--', 'intended empty');
    const staged = await readIndex(repo);
    expect([...staged.entries.keys()]).toEqual(['intended empty', 'old', 'old empty']);
    expect(staged.id).not.toBe(before.id);
  });

  test('is empty in a new repository', async () => {
    const made = await temporaryRepository();
    const index = await readIndex(await made.open());
    expect(index.entries.size).toBe(0);
    expect((await index.read([])).size).toBe(0);
  });

  test('refuses unresolved conflicts, with their paths', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'a\nb': 'base', other: 'base', fine: 'x' });
    await made.git('switch', '--quiet', '-c', 'side');
    await made.commit({ 'a\nb': 'side', other: 'side' });
    await made.git('switch', '--quiet', 'main');
    await made.commit({ 'a\nb': 'main', other: 'main' });
    expect((await made.tryGit(['merge', '--quiet', 'side'])).exitCode).toBe(1);
    await expect(readIndex(await made.open())).rejects.toMatchObject({
      code: 'index-unmerged',
      message: expect.stringMatching(/\n {2}"a\\nb"\n {2}other$/),
      place: { path: 'a\nb' },
    });
  });

  test('holds the sparse paths too', async () => {
    const made = await temporaryRepository();
    await made.commit({ 'in/a': 'a', 'out/b': 'b', top: 'c' });
    await made.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    const index = await readIndex(await made.open());
    expect([...index.entries.keys()]).toEqual(['in/a', 'out/b', 'top']);
    expect(String((await index.read(['out/b'])).get('out/b'))).toBe('b');
  });

  test('gives the stored bytes, whatever the filters and the attributes', async () => {
    const made = await temporaryRepository();
    await made.write({
      '.gitattributes': '*.sql text eol=crlf ident export-ignore\n',
      'x.sql': 'a\r\n$Id$\r\n',
    });
    await made.commit();
    await made.git('config', 'core.autocrlf', 'true');
    const index = await readIndex(await made.open());
    expect(String((await index.read(['x.sql'])).get('x.sql'))).toBe('a\n$Id$\n');
  });
});

describe('Snapshot.read refuses', () => {
  test('a path that the snapshot lacks', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const index = await readIndex(await made.open());
    await expect(index.read(['a', 'nothing'])).rejects.toMatchObject({
      code: 'not-in-snapshot',
      message: 'nothing is not in the index',
    });
  });

  test('an LFS pointer, but no text that only mentions one', async () => {
    const made = await temporaryRepository();
    const first = 'version https://git-lfs.github.com/spec/v1\n';
    const pointer = `${first}oid sha256:${'0'.repeat(64)}\nsize 12\n`;
    await made.commit({
      'big.sql': pointer,
      'text.sql': `-- ${pointer}`,
      'long.sql': first + 'x'.repeat(2000),
    });
    const index = await readIndex(await made.open());
    await expect(index.read(['text.sql', 'big.sql'])).rejects.toMatchObject({
      code: 'lfs-pointer',
      place: { path: 'big.sql' },
    });
    expect((await index.read(['text.sql', 'long.sql'])).size).toBe(2);
  });

  test('an object that is gone', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a', b: 'b' });
    const index = await readIndex(await made.open());
    const oid = index.entries.get('b')?.oid ?? '';
    await rm(made.path(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`));
    await expect(index.read(['a', 'b'])).rejects.toMatchObject({
      code: 'object-missing',
      place: { path: 'b' },
    });
    expect(String((await index.read(['a'])).get('a'))).toBe('a');
  });

  test('to fetch in a partial clone, until the hint was followed', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'old' });
    await made.commit({ a: 'new' });
    await made.git('config', 'uploadpack.allowFilter', 'true');
    const clone = repositoryAt(`${made.root}-clone`, made.env);
    await made.git('clone', '--quiet', '--filter=blob:none', `file://${made.root}`, clone.root);
    const old = await readCommit(await clone.open(), 'HEAD~1');
    await expect(old.read(['a'])).rejects.toMatchObject({
      code: 'object-missing',
      hint: 'git fetch --refetch --no-filter',
    });
    await clone.git('fetch', '--quiet', '--refetch', '--no-filter');
    expect(String((await old.read(['a'])).get('a'))).toBe('old');
  });
});

describe('readCommit', () => {
  test('reads any revision', async () => {
    const made = await temporaryRepository();
    const first = await made.commit({ 'd/a': 'one', b: 'x' });
    const second = await made.commit({ 'd/a': 'two', b: null });
    const repo = await made.open({ cwd: `${made.root}/d` });
    const old = await readCommit(repo, 'HEAD~1');
    expect(old).toMatchObject({ kind: 'commit', id: first, label: `commit ${first.slice(0, 7)}` });
    expect([...old.entries.keys()]).toEqual(['b', 'd/a']);
    expect(String((await old.read(['d/a'])).get('d/a'))).toBe('one');
    const head = await readHead(repo);
    expect(head.id).toBe(second);
    expect([...head.entries.keys()]).toEqual(['d/a']);
  });

  test('is not confused by files and branches of the same name', async () => {
    const made = await temporaryRepository();
    const id = await made.commit({ HEAD: 'x', main: 'y', stash: 'z' });
    await made.git('branch', 'stash');
    const repo = await made.open();
    expect((await readCommit(repo, 'HEAD')).id).toBe(id);
    expect((await readCommit(repo, 'stash')).id).toBe(id);
  });

  test('takes an annotated tag for its commit', async () => {
    const made = await temporaryRepository();
    const id = await made.commit({ a: 'a' });
    await made.git('tag', '-a', '-m', 'tag', 'v1');
    expect((await readCommit(await made.open(), 'v1')).id).toBe(id);
  });

  test('sees the commit that was made, not its replacement', async () => {
    const made = await temporaryRepository();
    const first = await made.commit({ a: 'one' });
    const second = await made.commit({ a: 'two' });
    await made.git('replace', second, first);
    const commit = await readCommit(await made.open(), 'HEAD');
    expect(String((await commit.read(['a'])).get('a'))).toBe('two');
  });

  test.each(['nothing', '', '-x', '--all', 'HEAD~9', '0'.repeat(40), 'HEAD:a', 'a\nb'])(
    'knows no %j',
    async (revision) => {
      const made = await temporaryRepository();
      await made.commit({ a: 'a' });
      await expect(readCommit(await made.open(), revision)).rejects.toMatchObject({
        code: 'unknown-revision',
      });
    },
  );
});

describe('readHead', () => {
  test.each(['sha1', 'sha256'] as const)('is empty before the first commit (%s)', async (objectFormat) => {
    const made = await temporaryRepository({ objectFormat });
    const repo = await made.open();
    const head = await readHead(repo);
    expect(head.entries.size).toBe(0);
    expect(head).toMatchObject({ kind: 'commit', id: emptySnapshot(repo).id, label: 'the empty tree' });
  });

  test('works on a detached HEAD', async () => {
    const made = await temporaryRepository();
    const id = await made.commit({ a: 'a' });
    await made.git('switch', '--quiet', '--detach');
    expect((await readHead(await made.open())).id).toBe(id);
  });

  test.each(['GIT_TRACE', 'GIT_TRACE_SETUP', 'GIT_TRACE_PERFORMANCE', 'GIT_TRACE2', 'GIT_TRACE2_PERF'])(
    'is empty before the first commit also where %s shows what git does',
    async (name) => {
      const made = await temporaryRepository();
      const repo = await made.open({ env: { [name]: '1' } });
      expect(await readHead(repo)).toEqual({ ...emptySnapshot(repo), read: expect.any(Function) });
    },
  );

  test('is empty before the first commit also where the configuration has git trace', async () => {
    const made = await temporaryRepository();
    const home = await mkdtemp(join(made.root, 'home-'));
    await writeFile(join(home, '.gitconfig'), '[trace2]\n  normalTarget = 1\n');
    const repo = await made.open({ env: { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') } });
    expect(await readHead(repo)).toMatchObject({ label: 'the empty tree' });
  });

  test('does not take a damaged branch for an unborn one', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    await made.write({ '.git/refs/heads/main': 'garbage\n' });
    await expect(readHead(await made.open())).rejects.toMatchObject({ code: 'unknown-revision' });
  });
});
