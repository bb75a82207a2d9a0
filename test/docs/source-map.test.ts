import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { projectPath, readDocument } from './markdown.ts';

/** The folders of `src/` that the files of one of them import from. */
async function importsOf(folder: string): Promise<readonly string[]> {
  const files = await readdir(projectPath(`src/${folder}`), { recursive: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.ts'))
      .map(async (file) => ({ file, text: await readFile(projectPath(`src/${folder}/${file}`), 'utf8') })),
  );
  const found = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) => {
      return new URL(path, `file:///src/${folder}/${file}`).pathname.split('/')[2] ?? '';
    }),
  );
  return [...new Set(found)].filter((name) => name !== folder && name !== 'errors.ts').toSorted();
}

it('CONTRIBUTING.md has every folder of src/, and each imports only what the map allows', async () => {
  const rows = [...(await readDocument('CONTRIBUTING.md')).matchAll(/^\| `([a-z]+)` \| .* \| (.*) \|$/gm)];
  const allowed = new Map(
    rows.map(([, folder = '', cell = '']) => [
      folder,
      [...cell.matchAll(/`([a-z]+)`/g)].map(([, name]) => name),
    ]),
  );
  const entries = await readdir(projectPath('src'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect([...allowed.keys()].toSorted()).toEqual(folders.toSorted());
  for (const folder of folders) {
    const beyond = (await importsOf(folder)).filter((name) => !allowed.get(folder)?.includes(name));
    expect({ folder, beyond }).toEqual({ folder, beyond: [] });
  }
});
