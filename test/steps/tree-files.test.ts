import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodePath } from '../../src/git/path-bytes.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import { seeChanged, writeTree } from '../../src/steps/tree-files.ts';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await createScratch();
});
afterAll(() => scratch.remove());

async function changedIn(
  folder: string,
  written: ReadonlyMap<string, Buffer>,
): Promise<ReadonlyMap<string, Buffer>> {
  const changed = new Map<string, Buffer>();
  await seeChanged(folder, written, (path, bytes) => changed.set(path, bytes));
  return changed;
}

test('a tree of many files is written byte for byte, and nothing of it has changed', async () => {
  const folder = await scratch.folder('many');
  const names = Array.from({ length: 300 }, (_, index) => `deep/folder${index % 7}/file${index}.sql`);
  const files = new Map(names.map((name, index) => [name, Buffer.from([index % 256, 0, 255])]));

  await writeTree(folder, files);

  expect(await readFile(join(folder, 'deep/folder5/file299.sql'))).toEqual(Buffer.from([43, 0, 255]));
  expect(await changedIn(folder, files)).toEqual(new Map());
});

test('what was added to a tree or differs is read; links are not followed', async () => {
  const folder = await scratch.folder('few');
  const odd = decodePath(Buffer.from([0x61, 0x2f, 0xff, 0x62]));
  const files = new Map([odd, 'same.sql'].map((path) => [path, Buffer.from('before')]));
  await writeTree(folder, files);

  await mkdir(join(folder, 'made/empty'), { recursive: true });
  await writeFile(join(folder, 'made/new.go'), 'new');
  await writeFile(Buffer.concat([Buffer.from(`${folder}/a/`), Buffer.from([0xff, 0x62])]), 'after');
  await symlink(join(folder, 'same.sql'), join(folder, 'link.sql'));

  const changed = await changedIn(folder, files);
  expect(new Map([...changed].map(([path, bytes]) => [path, bytes.toString()]))).toEqual(
    new Map([
      [odd, 'after'],
      ['made/new.go', 'new'],
    ]),
  );
});
