import { readFile, writeFile } from 'node:fs/promises';
import { withFreshRegions } from './docs/regions.ts';

for (const name of ['README.md', 'docs/configuration.md', 'docs/json.md']) {
  const file = new URL(`../${name}`, import.meta.url);
  await writeFile(file, withFreshRegions(await readFile(file, 'utf8')));
}
