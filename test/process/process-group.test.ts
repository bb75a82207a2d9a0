import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run } from '../../src/process/run.ts';
import { temporaryFolder } from './repository-tool.ts';

/** A process that has ended but that nobody has asked about yet is still listed, as a zombie. */
async function isAlive(pid: string): Promise<boolean> {
  const result = await run('ps', ['-o', 'stat=', '-p', pid], { cwd: '/', env: process.env });
  const state = result.stdout.toString().trim();
  return state !== '' && !state.startsWith('Z');
}

const PARENT = 'sleep 600 >/dev/null 2>&1 & echo $! > child; test "$1" = stay && sleep 600; true';

it('leaves no grandchild when the time is over', async () => {
  const cwd = await temporaryFolder();
  const ended = run('sh', ['-c', PARENT, 'sh', 'stay'], {
    cwd,
    env: process.env,
    timeout: 1500,
    ownGroup: true,
  });
  await expect(ended).rejects.toMatchObject({ code: 'program-killed' });
  const child = (await readFile(join(cwd, 'child'), 'utf8')).trim();
  await vi.waitUntil(async () => !(await isAlive(child)), { timeout: 20_000 });
});

it('leaves no grandchild when the program ends by itself', async () => {
  const cwd = await temporaryFolder();
  await run('sh', ['-c', PARENT], { cwd, env: process.env, ownGroup: true });
  const child = (await readFile(join(cwd, 'child'), 'utf8')).trim();
  await vi.waitUntil(async () => !(await isAlive(child)), { timeout: 20_000 });
});

it('leaves no listener behind', async () => {
  const before = process.listenerCount('exit');
  await run('true', [], { cwd: '/', env: process.env, ownGroup: true });
  expect(process.listenerCount('exit')).toBe(before);
});
