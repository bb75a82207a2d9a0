import { appendFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { programFacts } from '../../src/process/program-facts.ts';
import { fileDigest, fileStamp } from '../../src/process/tool-identity.ts';
import { temporaryFolder } from './repository-tool.ts';

afterEach(() => vi.unstubAllEnvs());

async function program(): Promise<string> {
  const folder = await temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', folder);
  await writeFile(join(folder, 'postgres'), 'one');
  return join(folder, 'postgres');
}

async function settledStamp(path: string): Promise<string> {
  for (;;) {
    const stamp = await fileStamp(path);
    if (stamp !== null) return stamp;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('A file has no stamp while it is young, and another one after a change that its own time hides', async () => {
  const path = await program();
  expect(await fileStamp(path)).toBeNull();
  const before = await settledStamp(path);
  expect(await fileStamp(path)).toBe(before);
  const { atime, mtime } = await stat(path);
  await utimes(path, atime, mtime);
  const timed = await settledStamp(path);
  await writeFile(path, 'two');
  await utimes(path, atime, mtime);
  expect(await fileStamp(path)).toBeNull();
  expect(await settledStamp(path)).not.toBe(timed);
});

it('A program is asked once, and again when it is another one', async () => {
  const path = await program();
  let asked = 0;
  const ask = async () => `version ${++asked}`;
  await settledStamp(path);
  const first = { digest: await fileDigest(path), said: 'version 1' };
  expect(await programFacts(path, ask)).toEqual(first);
  expect(await programFacts(path, ask)).toEqual(first);
  await appendFile(path, ' more');
  await settledStamp(path);
  expect(await programFacts(path, ask)).toEqual({ digest: await fileDigest(path), said: 'version 2' });
});
