import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownIdentity, runIdentity } from '../../src/cache/own-identity.ts';
import { temporaryFolder } from '../process/repository-tool.ts';

/** An installed dbcheck of two files and one dependency. */
async function installation(): Promise<string> {
  const root = await temporaryFolder();
  const files = {
    'node_modules/zod/package.json': '{"name": "zod", "version": "4.6.7"}',
    'node_modules/dbcheck/package.json': '{"name": "dbcheck", "dependencies": {"zod": "^4.0.0"}}',
    'node_modules/dbcheck/dist/cli.js': 'import "./chunk.js";\n',
    'node_modules/dbcheck/dist/chunk.js': '',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

const dist = (root: string) => join(root, 'node_modules/dbcheck/dist');

it('is the same for the same bytes at another place', async () => {
  const [root, elsewhere] = [await installation(), await temporaryFolder()];
  await cp(root, elsewhere, { recursive: true });
  expect(ownIdentity(dist(root))).toMatch(/^[0-9a-f]{64}$/);
  expect(ownIdentity(dist(elsewhere))).toBe(ownIdentity(dist(root)));
});

it.each([
  'node_modules/dbcheck/dist/cli.js',
  'node_modules/dbcheck/dist/chunk.js',
  'node_modules/dbcheck/package.json',
  'node_modules/zod/package.json',
])('is another one when %s changes', async (path) => {
  const root = await installation();
  const before = ownIdentity(dist(root));
  await writeFile(join(root, path), `${await readFile(join(root, path), 'utf8')}\n`);
  expect(ownIdentity(dist(root))).not.toBe(before);
});

it('is another one when a file comes in, and when two change their names', async () => {
  const root = await installation();
  const before = ownIdentity(dist(root));
  await writeFile(join(dist(root), 'more.js'), '');
  const more = ownIdentity(dist(root));
  await rm(join(dist(root), 'more.js'));
  await writeFile(join(dist(root), 'chunk.js'), await readFile(join(dist(root), 'cli.js')));
  await writeFile(join(dist(root), 'cli.js'), '');
  expect(new Set([before, more, ownIdentity(dist(root))]).size).toBe(3);
});

it('is nothing where a package can not be found', async () => {
  const root = await installation();
  await rm(join(root, 'node_modules/zod'), { recursive: true });
  expect(ownIdentity(dist(root))).toBeNull();
});

it('of a run depends on variables that change what programs do, and on no others', () => {
  const plain = runIdentity({ HOME: '/a' });
  expect(runIdentity({ HOME: '/b' })).toBe(plain);
  for (const name of ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'DYLD_INSERT_LIBRARIES', 'GODEBUG'])
    expect(runIdentity({ HOME: '/a', [name]: '1' })).not.toBe(plain);
});
