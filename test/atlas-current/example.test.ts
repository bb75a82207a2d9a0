import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyShop, expectExit, type Shop } from '../scenarios/shop.ts';
import type { Files } from '../support/repository.ts';
import { givenAtlas } from './given-atlas.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const EXPECTED = join(import.meta.dirname, 'expected/postgres');
const DATABASES = ['keygen', 'sign', 'watch'] as const;

/** The repository's own schemas, queries and pins, without anything that was made from them. */
async function exampleSources(): Promise<Files> {
  const folders = ['tools/atlas/schemas/postgres', 'tools/sqlc/queries/postgres'];
  const listed = await Promise.all(
    folders.map(async (folder) => (await readdir(join(PROJECT, folder))).map((name) => `${folder}/${name}`)),
  );
  const paths = [...listed.flat(), 'tools/sqlc/sqlc_postgres.yml', 'tools/sqlc/go.mod', 'tools/sqlc/go.sum'];
  const files = paths.map(async (path) => [path, await readFile(join(PROJECT, path))] as const);
  return Object.fromEntries(await Promise.all(files));
}

describe('the example under the given Atlas', () => {
  let shop: Shop;
  beforeAll(async () => {
    const atlas = await givenAtlas();
    shop = await emptyShop();
    await shop.write({
      ...(await exampleSources()),
      '.gitignore': 'node_modules/\n',
      'dbcheck.config.yaml': `tools: {atlas: {command: ${atlas}}}\n`,
    });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await shop.commit();
  });
  afterAll(() => shop.remove());

  test.each(DATABASES)('%s: the baseline is the expected one', async (database) => {
    const folder = `tools/atlas/migrations/postgres/${database}`;
    const baseline = await shop.read(`${folder}/00000000000000_initial_schema.sql`);
    const expected = await readFile(join(EXPECTED, `${database}.baseline.sql`), 'utf8');
    expect(baseline.toString()).toBe(expected);
  });

  test.each(DATABASES)('%s: the schema for sqlc is the expected one', async (database) => {
    const schema = await shop.read(`tools/sqlc/schemas/postgres/${database}.sql`);
    const expected = await readFile(join(EXPECTED, `${database}.schema.sql`), 'utf8');
    expect(schema.toString()).toBe(expected);
  });

  test('the code is the same as under the pinned Atlas', async () => {
    const folder = 'tools/store/postgres';
    const names = await readdir(join(PROJECT, folder));
    for (const name of names) {
      const pinned = await readFile(join(PROJECT, folder, name), 'utf8');
      expect((await shop.read(`${folder}/${name}`)).toString()).toBe(pinned);
    }
    expect((await shop.git('ls-files', '--', folder)).split('\n').length).toBe(names.length);
  });

  test('is clean and stays so', async () => {
    for (let round = 0; round < 3; round += 1) expectExit(await shop.dbcheck(['check']), 0);
  });
});
