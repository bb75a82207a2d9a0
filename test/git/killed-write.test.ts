import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsdown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/process/run.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OLD = 100_000;
const NEW = 200_000;
const FILES = Array.from({ length: 40 }, (_, n) => `out/${n}.sql`);
let outDir = '';

beforeAll(async () => {
  // Inside the project, where its libraries are found.
  await mkdir(join(ROOT, '.scratch'), { recursive: true });
  outDir = await mkdtemp(join(ROOT, '.scratch', 'killed-write-'));
  const entry = { write: join(import.meta.dirname, 'killed-write.ts') };
  const quiet = { dts: false, logLevel: 'silent', report: false } as const;
  await build({
    ...quiet,
    config: false,
    cwd: ROOT,
    entry,
    outDir,
    format: 'esm',
    platform: 'node',
    fixedExtension: false,
  });
});

afterAll(() => rm(outDir, { recursive: true, force: true }));

/** Runs the program, and tells whether it came to its end. */
async function write(made: TestRepository, ...delay: string[]): Promise<boolean> {
  const args = [join(outDir, 'write.js'), made.root, ...delay];
  const options = { cwd: made.root, env: made.env };
  return run(process.execPath, args, options).then(
    (result) => result.exitCode === 0,
    () => false,
  );
}

test('a killed run leaves each file wholly old or wholly new, and the next one completes', async () => {
  const made = await temporaryRepository();
  const old = { 'out/atlas.sum': 'o'.repeat(OLD), 'out/old.sql': 'o' };
  let killed = 0;
  for (const delay of ['0', '1', '3', '6', '12', '25']) {
    await made.write({ ...old, ...Object.fromEntries(FILES.map((path) => [path, 'o'.repeat(OLD)])) });
    if (!(await write(made, delay))) killed += 1;
    const contents = await Promise.all([...FILES, 'out/atlas.sum'].map((path) => made.read(path)));
    for (const bytes of contents)
      expect([`${OLD} o`, `${NEW} n`]).toContain(`${bytes.length} ${summary(bytes)}`);
    if (contents.at(-1)?.length === NEW) {
      expect(contents.every((bytes) => bytes.length === NEW)).toBe(true);
      expect(await readdir(made.path('out'))).not.toContain('old.sql');
    }
  }
  expect(killed).toBeGreaterThan(0);
  expect(await write(made)).toBe(true);
  const names = ['atlas.sum', ...FILES.map((path) => path.slice('out/'.length))];
  expect((await readdir(made.path('out'))).sort()).toEqual(names.sort());
});

/** The letters that occur. */
function summary(bytes: Buffer): string {
  return [...new Set(bytes.toString())].join('');
}
