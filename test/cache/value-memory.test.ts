import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_VALUES, type ValueMemory, valueMemory } from '../../src/cache/value-memory.ts';
import { temporaryFolder } from '../process/repository-tool.ts';

/** How often a value has to be made until it is had so many times. */
async function made(memory: ValueMemory, of: string, value: unknown, times: number): Promise<number> {
  let count = 0;
  for (let turn = 0; turn < times; turn += 1) {
    const found = await memory.remembered(of, async () => {
      count += 1;
      return value;
    });
    expect(found).toEqual(value);
  }
  return count;
}

const VALUE = { path: 'é', list: [1, null, true, 'x'] };

test('a value is made once for one thing and one dbcheck', async () => {
  const folder = await temporaryFolder();
  expect(await made(valueMemory(folder, 'one'), 'a', VALUE, 3)).toBe(1);
  expect(await made(valueMemory(folder, 'one'), 'a', VALUE, 1)).toBe(0);
  expect(await made(valueMemory(folder, 'one'), 'b', VALUE, 2)).toBe(1);
  expect(await made(valueMemory(folder, 'two'), 'a', VALUE, 2)).toBe(1);
  expect(await made(NO_VALUES, 'a', VALUE, 2)).toBe(2);
});

test('an entry that is damaged in any byte, or cut off, is none, and is mended', async () => {
  const folder = await temporaryFolder();
  const memory = valueMemory(folder, 'one');
  await made(memory, 'a', VALUE, 1);
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  const bytes = await readFile(file);
  for (const damaged of [
    ...[...bytes.keys()].map((at) => Buffer.from(bytes).fill((bytes[at] ?? 0) ^ 1, at, at + 1)),
    bytes.subarray(0, -1),
    Buffer.alloc(0),
  ]) {
    await writeFile(file, damaged);
    expect(await made(memory, 'a', VALUE, 2)).toBe(1);
  }
});

test('what JSON would change is made each time', async () => {
  const memory = valueMemory(await temporaryFolder(), 'one');
  for (const value of [{ a: undefined }, [Number.NaN], new Map([[1, 2]]), -0]) {
    expect(await made(memory, typeof value, value, 2)).toBe(2);
  }
});

test('a folder that can not be written costs nothing but time', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  expect(await made(valueMemory(join(folder, 'file/below'), 'one'), 'a', VALUE, 2)).toBe(2);
});
