import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseServerFolder } from '../../src/devdb/server-folder.ts';
import { startWatched, type WatchedCommand } from '../../src/devdb/watchdog.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';

let scratch: Scratch;
let template: string;
beforeAll(async () => {
  scratch = await createScratch();
  template = await scratch.folder('template');
});
afterAll(() => scratch.remove());

async function watching(script: string): Promise<WatchedCommand> {
  return {
    label: 'test server',
    folder: await chooseServerFolder(0, 'socket', null),
    template,
    command: ['/bin/sh', '-c', script],
    stopSignals: ['TERM'],
    user: null,
    env: { PATH: process.env['PATH'] },
    ready: /^ready$/,
  };
}

describe('a server under watch', () => {
  it('that ends while starting is an error with the last lines of its log', async () => {
    const wanted = await watching(
      'i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo "line $i" >&2; done; echo "FATAL: postgres://u:secret@h is full" >&2; exit 3',
    );
    const error = await startWatched(wanted).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'devdb-failed', hint: expect.any(String) });
    const text = String(error);
    expect(text).toMatch(/test server.*ended while starting/);
    expect(text).toContain('line 50\nFATAL: postgres://u:***@h is full');
    expect(text).not.toContain('line 1\n');
    expect(existsSync(wanted.folder)).toBe(false);
  });

  it('whose template is gone is an error that names it', async () => {
    const wanted = { ...(await watching('exit 0')), template: join(scratch.dir, 'absent') };
    await expect(startWatched(wanted)).rejects.toMatchObject({ message: expect.stringContaining('absent') });
    expect(existsSync(wanted.folder)).toBe(false);
  });

  it('never takes over a folder that is there already', async () => {
    const wanted = { ...(await watching('exit 0')), folder: await scratch.folder('taken') };
    await expect(startWatched(wanted)).rejects.toMatchObject({ code: 'devdb-failed' });
    expect(existsSync(wanted.folder)).toBe(true);
  });

  it('is stopped although it misses the first signal', async () => {
    const wanted = await watching(
      `trap 'if [ -n "$seen" ]; then exit 0; fi; seen=yes' TERM; echo ready >&2; while :; do sleep 0.02; done`,
    );
    const watched = await startWatched(wanted);
    expect(watched.isRunning()).toBe(true);
    expect(existsSync(join(wanted.folder, 'data'))).toBe(true);
    await watched.stop();
    expect(watched.isRunning()).toBe(false);
    expect(existsSync(wanted.folder)).toBe(false);
  });

  it('is killed if it heeds no signal', async () => {
    const wanted = await watching(`trap '' TERM; echo ready >&2; while :; do sleep 0.02; done`);
    const watched = await startWatched(wanted);
    await watched.stop();
    expect(watched.isRunning()).toBe(false);
    expect(existsSync(wanted.folder)).toBe(false);
  });

  it('that ends by itself is noticed, and its folder goes', async () => {
    const wanted = await watching('echo ready >&2; sleep 0.1');
    const watched = await startWatched(wanted);
    await expect.poll(() => watched.isRunning(), { timeout: 20_000 }).toBe(false);
    expect(existsSync(wanted.folder)).toBe(false);
  });
});
