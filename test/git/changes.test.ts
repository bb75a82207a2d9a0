import { describe, expect, test } from 'vitest';
import { changedPaths, indexIdentity, mergeBase } from '../../src/git/changes.ts';
import { emptySnapshot, readCommit, readHead, readIndex } from '../../src/git/snapshot.ts';
import { readWorktree } from '../../src/git/worktree.ts';
import { repositoryAt, temporaryRepository } from '../support/repository.ts';

describe('changedPaths', () => {
  test('names what was added, modified and deleted, in the order of bytes', async () => {
    const made = await temporaryRepository();
    await made.commit({ same: 'x', gone: 'x', edited: 'x', script: 'x', '\uff5e': 'x', '😀': 'x' });
    await made.write({ gone: null, edited: 'y', 'added\n': 'z', '\uff5e': null, '😀': 'y' });
    await made.git('add', '--all');
    await made.git('update-index', '--chmod=+x', 'script');
    const repo = await made.open();
    expect(changedPaths(await readHead(repo), await readIndex(repo))).toEqual([
      { path: 'added\n', kind: 'added' },
      { path: 'edited', kind: 'modified' },
      { path: 'gone', kind: 'deleted' },
      { path: 'script', kind: 'modified' },
      { path: '\uff5e', kind: 'deleted' },
      { path: '😀', kind: 'modified' },
    ]);
  });

  test('finds nothing between alike snapshots of different kinds', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'a' });
    const repo = await made.open();
    const [head, index, disk] = [await readHead(repo), await readIndex(repo), await readWorktree(repo)];
    expect(changedPaths(head, index)).toEqual([]);
    expect(changedPaths(index, disk)).toEqual([]);
    expect(changedPaths(emptySnapshot(repo), head)).toEqual([{ path: 'a', kind: 'added' }]);
  });
});

describe('mergeBase', () => {
  test('finds where a branch began', async () => {
    const made = await temporaryRepository();
    const root = await made.commit({ a: '1' });
    await made.git('switch', '--quiet', '-c', 'side');
    await made.commit({ b: '1' });
    await made.git('switch', '--quiet', 'main');
    await made.commit({ a: '2' });
    const repo = await made.open();
    expect(await mergeBase(repo, 'main', 'side')).toBe(root);
    expect((await readCommit(repo, root)).id).toBe(root);
  });

  test('refuses unknown revisions and unrelated histories', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: '1' });
    await made.git('switch', '--quiet', '--orphan', 'other');
    await made.commit({ b: '1' });
    const repo = await made.open();
    await expect(mergeBase(repo, 'main', 'HEAD')).rejects.toMatchObject({ code: 'no-merge-base' });
    await expect(mergeBase(repo, 'nothing', 'HEAD')).rejects.toMatchObject({
      code: 'unknown-revision',
      message: expect.stringContaining('"nothing"'),
    });
    await expect(mergeBase(repo, 'main', 'nothing')).rejects.toMatchObject({ code: 'unknown-revision' });
  });

  test('in a shallow clone says how to fetch the rest', async () => {
    const made = await temporaryRepository();
    const root = await made.commit({ a: '1' });
    await made.git('switch', '--quiet', '-c', 'side');
    await made.commit({ b: '1' });
    await made.git('switch', '--quiet', 'main');
    await made.commit({ a: '2' });
    const clone = repositoryAt(`${made.root}-clone`, made.env);
    const options = ['--depth=1', '--no-single-branch', `file://${made.root}`];
    await made.git('clone', '--quiet', ...options, clone.root);
    const repo = await clone.open();
    const shallow = { code: 'shallow-clone', hint: expect.stringContaining('fetch-depth: 0') };
    await expect(mergeBase(repo, root, 'HEAD')).rejects.toMatchObject(shallow);
    await expect(mergeBase(repo, 'origin/side', 'HEAD')).rejects.toMatchObject(shallow);
    await clone.git('fetch', '--quiet', '--unshallow');
    expect(await mergeBase(repo, 'origin/side', 'HEAD')).toBe(root);
  });
});

test('indexIdentity changes with the index and with nothing else', async () => {
  const made = await temporaryRepository();
  await made.commit({ a: 'a' });
  const repo = await made.open();
  const before = await indexIdentity(repo);
  expect(before).toBe((await readIndex(repo)).id);
  await made.write({ a: 'disk', b: 'untracked' });
  expect(await indexIdentity(repo)).toBe(before);
  await made.git('add', 'b');
  expect(await indexIdentity(repo)).not.toBe(before);
});
