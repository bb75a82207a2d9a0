import { expect, test } from 'vitest';
import { holdingKnownLines } from '../../src/git/conflict-on-disk.ts';
import { listIndexWithConflicts } from '../../src/git/index-listing.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';

const lines = (...changed: [number, string][]) =>
  Array.from({ length: 30 }, (_, at) => `${new Map(changed).get(at) ?? `line ${at}`}\n`).join('');

async function conflicted(...settings: string[]): Promise<TestRepository> {
  const made = await temporaryRepository();
  for (const setting of settings) await made.git('config', ...setting.split('='));
  await made.commit({ a: lines(), gone: lines() });
  await made.git('switch', '--quiet', '-c', 'side');
  await made.commit({ a: lines([5, 'side'], [20, 'only side']), gone: null, added: 'side\n' });
  await made.git('switch', '--quiet', 'main');
  await made.commit({ a: lines([5, 'main'], [12, 'only main']), gone: lines([1, 'main']), added: 'main\n' });
  expect((await made.tryGit(['merge', '--quiet', 'side'])).exitCode).toBe(1);
  return made;
}

async function known(made: TestRepository): Promise<readonly string[]> {
  const repo = await made.open();
  const { conflicts } = await listIndexWithConflicts(repo);
  expect([...conflicts.keys()]).toEqual(['a', 'added', 'gone']);
  return [...(await holdingKnownLines(repo, [...conflicts.values()]))].sort();
}

test.each([
  ['merge.conflictStyle=merge'],
  ['merge.conflictStyle=diff3'],
  ['merge.conflictStyle=zdiff3'],
  ['core.autocrlf=true'],
])('what a merge itself leaves is known (%s)', async (setting) => {
  const made = await conflicted(setting);
  expect((await made.read('a')).toString()).toMatch(/^<<<<<<< /m);
  expect(await known(made)).toEqual(['a', 'added', 'gone']);
});

test('so is a side, or nothing', async () => {
  const made = await conflicted();
  await made.git('checkout', '--theirs', '--', 'a');
  await made.write({ gone: null });
  expect(await known(made)).toEqual(['a', 'added', 'gone']);
});

test('so are sides whose last lines have no end', async () => {
  const made = await temporaryRepository();
  await made.commit({ a: 'base' });
  await made.git('switch', '--quiet', '-c', 'side');
  await made.commit({ a: 'side' });
  await made.git('switch', '--quiet', 'main');
  await made.commit({ a: 'main' });
  expect((await made.tryGit(['merge', '--quiet', 'side'])).exitCode).toBe(1);
  const repo = await made.open();
  const { conflicts } = await listIndexWithConflicts(repo);
  expect([...(await holdingKnownLines(repo, [...conflicts.values()]))]).toEqual(['a']);
});

test('what somebody typed is not, nor what is no file', async () => {
  const made = await conflicted();
  await made.write({ a: `${(await made.read('a')).toString()}typed\n`, added: Buffer.from('main\r\r\n') });
  await made.write({ gone: null, 'gone/x': 'x' });
  expect(await known(made)).toEqual([]);
});
