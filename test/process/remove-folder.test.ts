import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeFolder } from '../../src/process/remove-folder.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'remove-folder-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('removes folders in folders, with their files', async () => {
  mkdirSync(join(root, 'run/a/b'), { recursive: true });
  for (const name of ['run/one', 'run/a/two', 'run/a/b/three']) writeFileSync(join(root, name), 'x');
  await removeFolder(join(root, 'run'));
  expect(existsSync(join(root, 'run'))).toBe(false);
  expect(existsSync(root)).toBe(true);
});

it('removes what has a name that is no UTF-8', async () => {
  const folder = Buffer.concat([Buffer.from(join(root, 'run/caf')), Buffer.from([0xe9])]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(Buffer.concat([folder, Buffer.from('/file')]), 'x');
  await removeFolder(join(root, 'run'));
  expect(existsSync(join(root, 'run'))).toBe(false);
});

it('removes a link and leaves what it leads to', async () => {
  mkdirSync(join(root, 'run'));
  mkdirSync(join(root, 'kept/inner'), { recursive: true });
  await symlink(join(root, 'kept'), join(root, 'run/link'));
  await removeFolder(join(root, 'run'));
  expect(existsSync(join(root, 'run'))).toBe(false);
  expect(existsSync(join(root, 'kept/inner'))).toBe(true);
});

it('bears a folder that is not there', async () => {
  await removeFolder(join(root, 'absent'));
  expect(existsSync(join(root, 'absent'))).toBe(false);
});

it('lets others have their turn', async () => {
  for (let index = 0; index < 20; index += 1) mkdirSync(join(root, `run/${index}`), { recursive: true });
  let turns = 0;
  const count = () => {
    turns += 1;
    if (existsSync(join(root, 'run'))) setImmediate(count);
  };
  setImmediate(count);
  await removeFolder(join(root, 'run'));
  expect(turns).toBeGreaterThan(10);
});
