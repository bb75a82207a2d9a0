import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { run } from '../../src/process/run.ts';
import { CLI } from '../scenarios/shop.ts';
import { withoutProgress } from '../support/progress-lines.ts';
import { type TestRepository, temporaryRepository } from '../support/repository.ts';

const LOADER = join(dirname(fileURLToPath(import.meta.url)), 'loaded-modules.mjs');

/** The files of `dist/` that a real run loads, without the hashes in their names, and their bytes together. */
async function loadedBy(repository: TestRepository, args: readonly string[]) {
  const list = join(repository.root, '.git/loaded-modules');
  const env = { ...repository.env, LOADED_MODULES: list };
  const result = await run(process.execPath, ['--import', LOADER, CLI, ...args], {
    cwd: repository.root,
    env,
  });
  expect(withoutProgress(result.stderr)).toBe('');
  expect(result.exitCode).toBe(0);
  const paths = (await readFile(list, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((url) => fileURLToPath(url));
  await rm(list);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return {
    names: paths.map((path) => path.slice(dirname(CLI).length + 1).replace(/(-[\w-]{8})?\.js$/, '')).sort(),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

test('The start of the program loads the reader of its arguments and nothing else', async () => {
  const repository = await temporaryRepository();
  const { names, bytes } = await loadedBy(repository, ['--version']);
  expect(names).toEqual(['activity', 'cli', 'commander', 'rolldown-runtime', 'usage']);
  expect(bytes).toBeLessThan(60_000);
});

const QUERIES_ALONE = {
  'tools/sqlc/sqlc_postgres.yml':
    'version: "2"\nsql:\n  - {engine: postgresql, schema: schema.sql, queries: query.sql, gen: {go: {package: db, out: db}}}\n',
  'tools/sqlc/schema.sql': 'CREATE TABLE t (id int);\n',
  'tools/sqlc/query.sql': '-- name: All :many\nSELECT id FROM t;\n',
};

test('A verdict that is known loads no configuration and no rule', async () => {
  const repository = await temporaryRepository();
  await repository.commit(QUERIES_ALONE);
  await repository.write({ 'README.md': 'Something else\n' });
  await repository.git('add', '--all');
  await loadedBy(repository, ['staged']);
  const { names, bytes } = await loadedBy(repository, ['staged']);
  expect(names).toEqual(['activity', 'cli', 'commander', 'known', 'rolldown-runtime', 'staged']);
  expect(bytes).toBeLessThan(132_000);
});

test('What is known of sources loads no configuration, no rule and no parser', async () => {
  const repository = await temporaryRepository();
  await repository.commit(QUERIES_ALONE);
  await loadedBy(repository, ['lint']);
  const { names, bytes } = await loadedBy(repository, ['lint']);
  expect(names).toEqual(['activity', 'cli', 'commander', 'known', 'lint', 'rolldown-runtime']);
  expect(bytes).toBeLessThan(132_000);
});

test('A change without database files loads no step, no tool, no server and no process runner', async () => {
  const repository = await temporaryRepository();
  await repository.commit(QUERIES_ALONE);
  await repository.write({ 'README.md': 'Something else\n' });
  await repository.git('add', '--all');
  const { names, bytes } = await loadedBy(repository, ['staged']);
  expect(names).toEqual([
    'activity',
    'cli',
    'commander',
    'config-document',
    'first-read',
    'json-schema-processors',
    'judge-index',
    'known',
    'project-observations',
    // The configuration knows rules by their table, and these their options by zod.
    'query-names',
    'rolldown-runtime',
    'rules',
    'schemas',
    'source-text',
    'sqlc-definition',
    'staged',
    'text-position',
    'yaml',
    'zod-mini',
  ]);
  expect(bytes).toBeLessThan(560_000);
});
