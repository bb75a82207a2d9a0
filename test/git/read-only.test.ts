import { chmod, readdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedPaths, indexIdentity, mergeBase } from '../../src/git/changes.ts';
import { diskEqualsIndex } from '../../src/git/disk-equals-index.ts';
import { readCommit, readHead, readIndex } from '../../src/git/snapshot.ts';
import { readWorktree } from '../../src/git/worktree.ts';
import { ownedName } from '../../src/process/scratch.ts';
import { fingerprint } from '../support/fingerprint.ts';
import { temporaryRepository } from '../support/repository.ts';

test.each([
  [],
  ['core.untrackedCache=true'],
  ['core.splitIndex=true'],
  ['core.fsmonitor=.git/hooks/fsmonitor-watchman'],
  ['index.sparse=true'],
])('reading changes no byte of the repository (%s)', async (...settings) => {
  const made = await temporaryRepository();
  for (const setting of settings) await made.git('config', ...setting.split('='));
  const base = await made.commit({ a: '1', b: '1', 'c/d': '1', touched: '1', racy: '1', crlf: '1\r\n' });
  await made.commit({ b: '2' });
  await made.git('config', 'core.autocrlf', 'true');
  await made.git('config', 'filter.upper.clean', 'tr a-z A-Z');
  await made.write({ a: 'staged', '.gitattributes': '*.sql filter=upper\n' });
  await made.git('add', 'a');
  await made.write({ a: 'disk', 'new\nfile': 'x', 'x.sql': 'lower', intended: 'x', crlf: '1\r\n2\r\n' });
  await made.git('add', '--intent-to-add', 'intended');
  await chmod(made.path('c/d'), 0o755);
  await utimes(made.path('touched'), 1, 1);
  const hooks = ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman'];
  for (const hook of hooks) await made.hook(hook, `#!/bin/sh\n: > '${made.root}/${hook}-ran'\n`);

  const before = await fingerprint(made.root);
  const repo = await made.open({ cwd: join(made.root, 'c') });
  const [head, index, disk] = [await readHead(repo), await readIndex(repo), await readWorktree(repo)];
  for (const snapshot of [head, index, disk]) await snapshot.read([...snapshot.entries.keys()]);
  expect(changedPaths(index, disk).length).toBeGreaterThan(3);
  await readCommit(repo, base);
  await mergeBase(repo, base, 'HEAD');
  await indexIdentity(repo);
  await diskEqualsIndex(repo, [...disk.entries.keys()]);
  expect(await fingerprint(made.root)).toEqual(before);

  const owned = await ownedName();
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(owned))).toEqual([]);
});

test("a held index.lock stands in no reader's way", async () => {
  const made = await temporaryRepository();
  await made.commit({ a: '1' });
  await made.write({ a: '2', '.git/index.lock': '' });
  const repo = await made.open();
  expect(String((await (await readWorktree(repo)).read(['a'])).get('a'))).toBe('2');
  expect((await readIndex(repo)).entries.size).toBe(1);
  expect((await diskEqualsIndex(repo, ['a'])).size).toBe(0);
});
