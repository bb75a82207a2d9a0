import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readProject } from '../../src/commands/read-project.ts';
import { readIndex } from '../../src/git/snapshot.ts';
import { temporaryRepository } from '../support/repository.ts';

const NOBODY = 65_534;
const OPTIONS = { config: null, env: {} };

test('a local configuration that may not be read is not taken for one that is not there', async () => {
  const made = await temporaryRepository();
  await made.commit({ 'dbcheck.config.yaml': 'verify: []\n' });
  await made.write({ 'dbcheck.local.yaml': 'devDatabase: {postgres: system}\n' });
  const repo = await made.open();
  const snapshot = await readIndex(repo);
  const { project } = await readProject(repo, snapshot, OPTIONS);
  expect(project.devDatabase.get('postgres')).toBe('system');

  await chmod(made.path('dbcheck.local.yaml'), 0);
  // No permission stops root.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await expect(readProject(repo, snapshot, OPTIONS)).rejects.toMatchObject({ code: 'EACCES' });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
