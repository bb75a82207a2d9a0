import { chmod, symlink, utimes } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { diskEqualsIndex } from '../../src/git/disk-equals-index.ts';
import { stageFiles } from '../../src/git/stage.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';
import { temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

test('tells the paths where the disk may follow from those with an edit of their own', async () => {
  const made = await temporaryRepository();
  await made.commit({
    same: 'x',
    touched: 'x',
    edited: 'x',
    mode: 'x',
    deleted: 'x',
    'staged too': 'x',
    'partly staged': 'x',
    'staged deletion': 'x',
    'deleted from both': 'x',
    assumed: 'x',
    link: 'x',
  });
  await made.write({ 'staged too': 'y', 'partly staged': 'y', intended: 'x', 'intended and gone': 'x' });
  await made.git('add', 'staged too', 'partly staged');
  await made.git('add', '--intent-to-add', 'intended', 'intended and gone');
  await made.git('rm', '--quiet', '--cached', 'staged deletion');
  await made.git('rm', '--quiet', 'deleted from both');
  await made.git('update-index', '--assume-unchanged', 'assumed');
  await utimes(made.path('touched'), 1, 1);
  await chmod(made.path('mode'), 0o755);
  await made.write({
    edited: 'y',
    deleted: null,
    'partly staged': 'z',
    untracked: 'x',
    'intended and gone': null,
    assumed: 'y',
    link: null,
  });
  await symlink('x', made.path('link'));
  const equal = ['same', 'touched', 'staged too', 'deleted from both', 'new', 'new/deep'];
  const different = [
    'edited',
    'mode',
    'deleted',
    'partly staged',
    'staged deletion',
    'untracked',
    'intended',
    'intended and gone',
    'assumed',
    'link',
  ];
  const repo = await made.open();
  expect([...(await diskEqualsIndex(repo, [...different, ...equal]))]).toEqual(equal);
  expect((await diskEqualsIndex(repo, [])).size).toBe(0);
});

test('knows ignored files, and those that filters only make look different', async () => {
  const made = await temporaryRepository();
  await made.commit({
    '.gitignore': 'out\n',
    '.gitattributes': '*.sql text\n',
    'a.sql': 'a\n',
    'b.sql': 'b\n',
  });
  await made.write({ 'a.sql': 'a\r\n', 'b.sql': 'c\r\n', 'out/x': 'x' });
  const repo = await made.open();
  expect([...(await diskEqualsIndex(repo, ['a.sql', 'b.sql', 'out/x', 'out/y']))]).toEqual([
    'a.sql',
    'out/y',
  ]);
});

test('understands hostile names', async () => {
  const made = await temporaryRepository();
  await made.commit(HOSTILE_FILES);
  const names = Object.keys(HOSTILE_FILES);
  for (const name of names) await utimes(made.path(name), 1, 1);
  const repo = await made.open();
  expect([...(await diskEqualsIndex(repo, names))]).toEqual(names);
  for (const name of names) await made.write({ [name]: 'changed' });
  expect([...(await diskEqualsIndex(repo, names))]).toEqual([]);
});

test('keeps what a sparse checkout leaves out off the disk', async () => {
  const made = await temporaryRepository();
  await made.commit({ 'in/a': 'a', 'out/b': 'b' });
  await made.git('sparse-checkout', 'set', '--cone', 'in');
  const repo = await made.open();
  expect([...(await diskEqualsIndex(repo, ['in/a', 'out/b']))]).toEqual(['in/a']);
});

test('with stageFiles and writeFiles makes a clean status, and keeps a partly staged edit', async () => {
  const made = await temporaryRepository();
  await made.commit({ 'out/a': 'old', 'out/b': 'old', 'out/c': 'old' });
  await made.write({ 'out/b': 'my edit' });
  const repo = await made.open();
  const writes = [
    { kind: 'write', path: 'out/a', bytes: Buffer.from('new') },
    { kind: 'write', path: 'out/b', bytes: Buffer.from('new') },
    { kind: 'delete', path: 'out/c' },
    { kind: 'write', path: 'out/d', bytes: Buffer.from('new') },
  ] as const;
  const mayFollow = await diskEqualsIndex(
    repo,
    writes.map((write) => write.path),
  );
  await stageFiles(repo, writes);
  await writeFiles(
    repo,
    writes.filter((write) => mayFollow.has(write.path)),
  );
  const status = await made.status();
  expect(status.files.map((file) => `${file.index}${file.working_dir} ${file.path}`)).toEqual([
    'M  out/a',
    'MM out/b',
    'D  out/c',
    'A  out/d',
  ]);
  expect(String(await made.read('out/b'))).toBe('my edit');
});
