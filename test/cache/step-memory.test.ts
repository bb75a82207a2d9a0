import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyPart } from '../../src/cache/digest.ts';
import { bytesDigest } from '../../src/cache/digest.ts';
import { noMemory, type StepMemory, type StepStores, stepMemory } from '../../src/cache/step-memory.ts';
import { temporaryFolder } from '../process/repository-tool.ts';

const FILES = new Map([
  ['a.sql', Buffer.from('CREATE TABLE a')],
  ['not text', Buffer.from([0, 255, 10])],
]);

async function stores(changes: Partial<StepStores> = {}): Promise<StepStores> {
  const own = join(await temporaryFolder(), 'own');
  return { own, shared: null, writesShared: false, identity: bytesDigest('dbcheck'), ...changes };
}

/** Runs a step, and says whether it was made and what came of it. */
async function take(memory: StepMemory, inputs: KeyPart, outputs = FILES, step: 'plan' | 'extract' = 'plan') {
  let wasMade = false;
  const made = await memory.remembered<ReadonlyMap<string, Buffer>>({
    step,
    targets: ['postgres/app'],
    inputs: async () => inputs,
    make: async () => {
      wasMade = true;
      return outputs;
    },
    keep: (kept) => ({ outputs: kept, note: null }),
    revive: (kept) => kept.outputs,
  });
  return { wasMade, made };
}

describe('a step', () => {
  it('is taken from an earlier run, byte for byte', async () => {
    const at = await stores();
    expect(await take(stepMemory(at), { hcl: 'x' })).toEqual({ wasMade: true, made: FILES });
    expect(await take(stepMemory(at), { hcl: 'x' }, new Map())).toEqual({ wasMade: false, made: FILES });
  });

  it('is made anew for another input, another kind of step, another dbcheck, and without a memory', async () => {
    const at = await stores();
    await take(stepMemory(at), { hcl: 'x' });
    expect((await take(stepMemory(at), { hcl: 'y' })).wasMade).toBe(true);
    expect((await take(stepMemory(at), { hcl: ['x'] })).wasMade).toBe(true);
    expect((await take(stepMemory(at), { hcl: 'x' }, FILES, 'extract')).wasMade).toBe(true);
    const other = { ...at, identity: bytesDigest('another dbcheck') };
    expect((await take(stepMemory(other), { hcl: 'x' })).wasMade).toBe(true);
    expect((await take(noMemory(), { hcl: 'x' })).wasMade).toBe(true);
  });

  it('is made each time, and leaves nothing, where its inputs can not be told', async () => {
    const at = await stores();
    for (let run = 0; run < 2; run += 1) {
      const memory = stepMemory(at);
      expect((await take(memory, null)).wasMade).toBe(true);
      expect(memory.isProven).toBe(false);
      expect(memory.countCached(['postgres/app'])).toBe(0);
    }
    await expect(readdir(at.own)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('counts as cached where every step of its target is', async () => {
    const at = await stores();
    await take(stepMemory(at), { step: 1 });
    const memory = stepMemory(at);
    await take(memory, { step: 1 });
    expect(memory.countCached(['postgres/app', 'postgres/other'])).toBe(1);
    await take(memory, { step: 2 });
    expect(memory.countCached(['postgres/app', 'postgres/other'])).toBe(0);
  });
});

describe('a store that can not be written', () => {
  it('costs time and nothing else, and says why', async () => {
    const at = await stores();
    await mkdir(at.own, { recursive: true });
    await chmod(at.own, 0o500);
    const file = { ...at, own: join(at.own, '..', 'file') };
    await writeFile(file.own, '');
    const memory = stepMemory(file);
    expect(await take(memory, 'x')).toEqual({ wasMade: true, made: FILES });
    expect(memory.problem).toContain('file');
    await memory.close();
  });
});

describe('a damaged store', () => {
  it('never gives a wrong answer, whatever bytes are turned, cut off or exchanged', async () => {
    const at = await stores();
    const other = new Map([['a.sql', Buffer.from('CREATE TABLE b')]]);
    await take(stepMemory(at), 'x');
    const [nameOfX = ''] = await readdir(at.own);
    await take(stepMemory(at), 'y', other);
    const nameOfY = (await readdir(at.own)).find((name) => name !== nameOfX) ?? '';
    const [x, y] = [await readFile(join(at.own, nameOfX)), await readFile(join(at.own, nameOfY))];
    const damage = fc.oneof(
      fc.tuple(fc.nat(x.length - 1), fc.integer({ min: 1, max: 255 })).map(([place, mask]) => {
        const bytes = Buffer.from(x);
        bytes[place] = (bytes[place] ?? 0) ^ mask;
        return bytes;
      }),
      fc.nat(x.length - 1).map((length) => x.subarray(0, length)),
      fc.constant(y),
      fc.nat(y.length).map((length) => Buffer.concat([x.subarray(0, length), y.subarray(length)])),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        await writeFile(join(at.own, nameOfX), bytes);
        const { wasMade, made } = await take(stepMemory(at), 'x');
        expect(made).toEqual(FILES);
        expect(wasMade).toBe(!bytes.equals(x));
        // It is whole again.
        expect((await take(stepMemory(at), 'x')).wasMade).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a shared folder', () => {
  it('is read, and written by a run that may write it alone', async () => {
    const shared = join(await temporaryFolder(), 'shared');
    const reader = await stores({ shared });
    await take(stepMemory(reader), 'x');
    await expect(readdir(shared)).rejects.toMatchObject({ code: 'ENOENT' });
    await take(stepMemory(await stores({ shared, writesShared: true })), 'x');
    expect(await readdir(shared)).toHaveLength(1);
    expect((await take(stepMemory(await stores({ shared })), 'x')).wasMade).toBe(false);
    expect((await take(stepMemory(await stores()), 'x')).wasMade).toBe(true);
  });

  it.each([
    ...['{}', '[]', 'null', 'x', '{"note": 1, "outputs": []}', '{"note": null, "outputs": [["a"]]}'],
    ...['../a', '/a', 'a/../../b', '.git/config', 'a/.GIT/config', ''].map((path) =>
      JSON.stringify({ note: null, outputs: [[path, '']] }),
    ),
  ])('that holds %s under the right key and checksum has nothing to say', async (content) => {
    const at = await stores();
    await take(stepMemory(at), 'x');
    const [name = ''] = await readdir(at.own);
    const { encodeEntry } = await import('../../src/cache/entry.ts');
    await writeFile(join(at.own, name), encodeEntry(name.slice('step-'.length), Buffer.from(content)));
    expect(await take(stepMemory(at), 'x')).toEqual({ wasMade: true, made: FILES });
  });
});
