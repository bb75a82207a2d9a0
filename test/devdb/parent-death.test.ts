import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { createScratch, sweepScratch } from '../../src/process/scratch.ts';
import { leftovers } from './leftovers.ts';
import { announcement, buildParentProgram, type ParentProgram } from './parent-program.ts';

let program: ParentProgram;
beforeAll(async () => {
  program = await buildParentProgram();
  // The template is in the cache afterwards, so that the server is the first child of every program started here.
  const scratch = await createScratch();
  await (await openDevServer('postgres', 'embedded', { scratch })).close();
  await scratch.remove();
});
afterAll(() => program.remove());

/** What the server has left: all but the scratch folder, which is the next run's to remove. */
async function serverLeftovers(pid: number): Promise<string[]> {
  const scratchFolder = new RegExp(`/dbcheck-${pid}_\\w+-\\w{6}$`);
  return (await leftovers(pid)).filter((entry) => !scratchFolder.test(entry));
}

describe.each([
  // The watchdog, the server and its children, and two folders.
  { name: 'Postgres', setting: 'embedded', dialect: 'postgres', least: 6 },
  // The watchdog and its reader, the server, and two folders.
  { name: 'MySQL or MariaDB', setting: 'system', dialect: 'mysql', least: 4 },
])('a private $name whose parent dies', ({ setting, dialect, least }) => {
  it('by SIGKILL: is gone with its folder, and the next run removes the scratch folder', async () => {
    const child = program.start(setting, 'never', dialect);
    const pid = child.pid ?? 0;
    const { scratch } = await announcement(child);
    expect((await leftovers(pid)).length).toBeGreaterThanOrEqual(least);
    expect(await sweepScratch()).not.toContain(scratch);
    expect(existsSync(scratch)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => serverLeftovers(pid), { timeout: 20_000 }).toEqual([]);
    // A run of another test may have been the next one already.
    expect([scratch]).toEqual(expect.arrayContaining(await leftovers(pid)));
    await sweepScratch();
    expect(await leftovers(pid)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s: nothing is left at all', async (signal) => {
    const child = program.start(setting, 'never', dialect);
    await announcement(child);
    child.kill(signal);
    await once(child, 'exit');
    await expect.poll(() => leftovers(child.pid ?? 0), { timeout: 20_000 }).toEqual([]);
  });

  it.each([0, 1, 2, 4, 7, 10, 15, 20, 30])('by SIGKILL %i ms after the start', async (delay) => {
    const child = program.start(setting, String(delay), dialect);
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    const pid = child.pid ?? 0;
    await expect.poll(() => serverLeftovers(pid), { timeout: 20_000 }).toEqual([]);
    await sweepScratch();
    expect(await leftovers(pid)).toEqual([]);
  });
});
