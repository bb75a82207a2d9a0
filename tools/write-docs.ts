import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { MADE_DOCUMENTS, withFreshRegions } from './docs/regions.ts';
import { rulePages } from './docs/rule-pages.ts';

for (const name of MADE_DOCUMENTS) {
  const file = new URL(`../${name}`, import.meta.url);
  await writeFile(file, withFreshRegions(await readFile(file, 'utf8')));
}

const folder = new URL('../docs/rules/', import.meta.url);
await rm(folder, { recursive: true, force: true });
for (const [path, text] of await rulePages()) {
  const file = new URL(path, folder);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
}
