import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsdown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/process/run.ts';
import type { TestRepository } from '../support/repository.ts';
import { temporaryRepository } from '../support/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
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
async function write(made: TestRepository, ...watched: string[]): Promise<boolean> {
  const args = [join(outDir, 'write.js'), made.root, ...watched];
  return run(process.execPath, args, { cwd: made.root, env: made.env }).then(
    (result) => result.exitCode === 0,
    () => false,
  );
}

/** Each file as its size and the letters in it; 0 if it is not there. */
async function state(made: TestRepository): Promise<string[]> {
  return Promise.all(
    ['1.sql', '2.sql', 'old.sql', 'atlas.sum'].map(async (name) => {
      const bytes = await made.read(`out/${name}`).catch(() => Buffer.alloc(0));
      return `${bytes.length} ${[...new Set(bytes.toString())].join('')}`.trim();
    }),
  );
}

const OLD = '3000000 o';
const NEW = '4000000 n';

test.each([
  ['the first temporary file', 'temporary', [[OLD, OLD, '1 o', OLD]]],
  ['the first file', 'out/1.sql', [[NEW, OLD, '1 o', OLD]]],
  ['the last migration', 'out/2.sql', [[NEW, NEW, '1 o', OLD]]],
  // What follows a deletion may have happened before it is seen.
  [
    'the deleted file',
    'out/old.sql',
    [
      [NEW, NEW, '0', OLD],
      [NEW, NEW, '0', NEW],
    ],
  ],
  ['atlas.sum', 'out/atlas.sum', [[NEW, NEW, '0', NEW]]],
])('killed at %s, each file is wholly old or new, and the next run completes', async (_, watched, states) => {
  const made = await temporaryRepository();
  const big = 'o'.repeat(3_000_000);
  await made.write({ 'out/atlas.sum': big, 'out/1.sql': big, 'out/2.sql': big, 'out/old.sql': 'o' });
  expect(await write(made, watched)).toBe(false);
  expect(states).toContainEqual(await state(made));
  if (watched === 'temporary') expect(await readdir(made.path('out'))).toHaveLength(5);
  expect(await write(made)).toBe(true);
  expect(await state(made)).toEqual([NEW, NEW, '0', NEW]);
  expect((await readdir(made.path('out'))).sort()).toEqual(['1.sql', '2.sql', 'atlas.sum']);
});
