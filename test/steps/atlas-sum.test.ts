// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how a shell cuts a slash off
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePath } from '../../src/git/path-bytes.ts';
import { run } from '../../src/process/run.ts';
import { atlasSum } from '../../src/steps/atlas-sum.ts';
import { writeTree } from '../../src/steps/tree-files.ts';
import { useBench } from './pipeline.ts';

const bench = useBench();

const name = fc
  .tuple(
    fc.constantFrom('1', '10', '2', '20240101000000'),
    fc.stringMatching(/^[-A-Za-z0-9_. é😀\uff5e]{0,8}$/u),
  )
  .map(([version, rest]) => `${version}_${rest}.sql`);
const line = fc.constantFrom(
  ...[
    'CREATE TABLE "t" ("id" bigint);',
    '-- atlas:sum ignore',
    '--atlas:sum ignore',
    '# atlas:sum ignore ',
    '-- atlas:nolint',
    '',
    'é',
    '\r',
  ],
);
const content = fc
  .tuple(fc.array(line, { maxLength: 4 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, ends]) => Buffer.from(lines.join(end) + (ends ? end : '')));
const folder = fc.dictionary(name, content, { maxKeys: 5 });

it('writes the bytes that atlas migrate hash writes, for 200 folders', async () => {
  const [{ path: atlas }, { dir, env }] = await Promise.all([bench.atlas(), bench.workspace()]);
  const folders = fc
    .sample(folder, { numRuns: 200, seed: 3 })
    .map((files) => new Map(Object.entries({ ...files, 'README.txt': Buffer.from('not counted') })));
  await Promise.all(folders.map((files, index) => writeTree(join(dir, String(index)), files)));
  const hashed = await run(
    'sh',
    ['-ec', 'for f in */; do "$1" migrate hash --dir "file://${f%/}"; done', 'sh', atlas],
    { cwd: dir, env },
  );
  expect(hashed.stderr).toBe('');
  for (const [index, files] of folders.entries()) {
    const written = await readFile(join(dir, String(index), 'atlas.sum'));
    expect(atlasSum(files).toString(), JSON.stringify([...files.keys()])).toBe(written.toString());
  }
});

it('hashes a name that is not UTF-8 by its bytes', async () => {
  const [{ path: atlas }, { dir, env }] = await Promise.all([bench.atlas(), bench.workspace()]);
  const files = new Map([[decodePath(Buffer.from('1_\xe9.sql', 'latin1')), Buffer.from('SELECT 1;\n')]]);
  await mkdir(dir, { recursive: true });
  await writeTree(join(dir, 'm'), files);
  await run(atlas, ['migrate', 'hash', '--dir', 'file://m'], { cwd: dir, env });
  expect(atlasSum(files).equals(await readFile(join(dir, 'm/atlas.sum')))).toBe(true);
});
