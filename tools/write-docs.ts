import { readFile, writeFile } from 'node:fs/promises';
import { MADE_DOCUMENTS, withFreshRegions } from './docs/regions.ts';

for (const name of MADE_DOCUMENTS) {
  const file = new URL(`../${name}`, import.meta.url);
  await writeFile(file, withFreshRegions(await readFile(file, 'utf8')));
}
