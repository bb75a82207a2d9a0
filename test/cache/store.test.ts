import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesDigest } from '../../src/cache/digest.ts';
import {
  clearStore,
  readEntry,
  storeUsage,
  sweepCrowdedStore,
  sweepStore,
  writeEntry,
} from '../../src/cache/store.ts';
import { temporaryFolder } from '../process/repository-tool.ts';
import { contentOf, KEYS } from './writer.ts';

const KEY = bytesDigest('one');
const WRITERS = ['x', 'y', 'z'];
const LONG_AGO = new Date('2020-01-01');
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function startWriter(folder: string, writer: string): Promise<ChildProcess> {
  const jiti = join(dirname(createRequire(import.meta.url).resolve('jiti')), 'jiti-cli.mjs');
  const child = spawn(process.execPath, [jiti, join(import.meta.dirname, 'writer.ts'), folder, writer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  children.delete(child);
}

describe('several writers and readers at once', () => {
  it('never shows a part of an entry, whoever is killed while writing', async () => {
    const folder = join(await temporaryFolder(), 'store');
    const running = await Promise.all(WRITERS.map((writer) => startWriter(folder, writer)));
    let read = 0;
    for (let round = 0; round < 240; round += 1) {
      const key = KEYS[round % KEYS.length] ?? '';
      const content = await readEntry(folder, 'step', key);
      if (content !== null) {
        read += 1;
        expect(WRITERS.some((writer) => contentOf(key, writer).equals(content))).toBe(true);
      }
      if (round % 30 === 29) {
        const at = round % WRITERS.length;
        const [old] = running.splice(at, 1);
        if (old !== undefined) await end(old);
        running.push(await startWriter(folder, WRITERS[at] ?? ''));
      }
    }
    await Promise.all(running.map(end));
    expect(read).toBeGreaterThan(50);

    for (const name of await readdir(folder)) await utimes(join(folder, name), LONG_AGO, LONG_AGO);
    await sweepStore(folder);
    expect((await readdir(folder)).every((name) => name.startsWith('step-'))).toBe(true);
    for (const name of await readdir(folder)) {
      const key = name.slice('step-'.length);
      const content = await readEntry(folder, 'step', key);
      expect(WRITERS.some((writer) => content?.equals(contentOf(key, writer)))).toBe(true);
    }
  });
});

describe('a store', () => {
  it('keeps steps and verdicts apart', async () => {
    const folder = await temporaryFolder();
    await writeEntry(folder, 'step', KEY, Buffer.from('step'));
    expect(await readEntry(folder, 'verdict', KEY)).toBeNull();
    expect(String(await readEntry(folder, 'step', KEY))).toBe('step');
    expect(await storeUsage(folder)).toMatchObject({ steps: 1, verdicts: 0 });
  });

  it('lets the entries go that were not used for longest', async () => {
    const folder = await temporaryFolder();
    const keys = ['1', '2', '3', '4'].map(bytesDigest);
    for (const [index, key] of keys.entries()) {
      await writeEntry(folder, 'step', key, Buffer.alloc(1000));
      const usedAt = new Date(LONG_AGO.getTime() + index * 1000);
      await utimes(join(folder, `step-${key}`), usedAt, usedAt);
    }
    // Reading is using.
    await readEntry(folder, 'step', keys[0] ?? '');
    await sweepStore(folder, { bytes: 10_000, entries: 3 });
    expect(await readdir(folder)).toHaveLength(3);
    expect(await readEntry(folder, 'step', keys[1] ?? '')).toBeNull();
    await sweepStore(folder, { bytes: 1500, entries: 3 });
    expect(await readdir(folder)).toEqual([`step-${keys[0]}`]);
  });

  it('is swept for its sizes only where it is swept in any case', async () => {
    const folder = await temporaryFolder();
    for (const key of ['1', '2', '3']) {
      await writeEntry(folder, 'verdict', bytesDigest(key), Buffer.alloc(100));
    }
    await sweepCrowdedStore(folder, { bytes: 1, entries: 3 });
    expect(await readdir(folder)).toHaveLength(3);
    await sweepCrowdedStore(folder, { bytes: 10_000, entries: 2 });
    expect(await readdir(folder)).toHaveLength(2);
    await sweepCrowdedStore(join(folder, 'absent'));
  });

  it('leaves alone what another run is writing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, '.new-young'), '');
    await writeFile(join(folder, '.new-old'), '');
    await utimes(join(folder, '.new-old'), LONG_AGO, LONG_AGO);
    await sweepStore(folder);
    expect(await readdir(folder)).toEqual(['.new-young']);
  });

  it('that is none holds nothing, and refuses to be written', async () => {
    const folder = join(await temporaryFolder(), 'file');
    expect(await readEntry(folder, 'step', KEY)).toBeNull();
    expect(await storeUsage(folder)).toEqual({ steps: 0, verdicts: 0, others: 0, bytes: 0 });
    await clearStore(folder);
    await writeFile(folder, 'a file in its place');
    await sweepStore(folder);
    expect(await readEntry(folder, 'step', KEY)).toBeNull();
    await expect(writeEntry(folder, 'step', KEY, Buffer.from('x'))).rejects.toThrow();
  });

  it('is gone when it is cleared, whatever is in it', async () => {
    const folder = join(await temporaryFolder(), 'store');
    await mkdir(join(folder, 'of a later version'), { recursive: true });
    await writeEntry(folder, 'step', KEY, Buffer.from('x'));
    await clearStore(folder);
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
