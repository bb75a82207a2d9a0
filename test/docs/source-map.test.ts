import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { projectPath, readDocument } from './markdown.ts';

/** The files of `src/`, each with those that it imports, types and what is loaded later included. */
async function sourceImports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = await readdir(projectPath('src'), { recursive: true });
  return new Map(
    await Promise.all(
      files
        .filter((file) => file.endsWith('.ts'))
        .map(async (file): Promise<[string, readonly string[]]> => {
          const text = await readFile(projectPath(`src/${file}`), 'utf8');
          const paths = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)];
          return [
            file,
            paths.map(([, path = '']) => new URL(path, `file:///src/${file}`).pathname.slice('/src/'.length)),
          ];
        }),
    ),
  );
}

/** A way through imports that comes back to where it began, if there is one. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const imported of imports.get(file) ?? []) {
      const circle = circleFrom(imported, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = circleFrom(file, []);
    if (circle !== null) return circle;
  }
  return null;
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
  const imports = await sourceImports();
  for (const folder of folders) {
    const beyond = [...imports]
      .filter(([file]) => file.startsWith(`${folder}/`))
      .flatMap(([, imported]) => imported.map((path) => path.split('/')[0] ?? ''))
      .filter((name) => name !== folder && name !== 'errors.ts' && !allowed.get(folder)?.includes(name));
    expect({ folder, beyond }).toEqual({ folder, beyond: [] });
  }
});

it('no files of src/ import each other in a circle', async () => {
  const imports = await sourceImports();
  expect(imports.size).toBeGreaterThan(500);
  expect(circleIn(imports)).toBe(null);
});
