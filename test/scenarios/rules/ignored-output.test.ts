import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Report, type Shop } from '../shop.ts';
import { placeOf, stage } from './scenario.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function ignoredIn(shop: Shop): Promise<readonly Report['diagnostics'][number][]> {
  const { diagnostics } = await shop.staged();
  return diagnostics.filter(({ rule }) => rule === 'generated/ignored-output');
}

/** A shop whose generated code is on the disk, and neither in HEAD nor in the index. */
async function withoutCode(gitignore: string): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.git('rm', '--quiet', '-r', '--cached', QUERY_PATHS.out);
  await stage(shop, { '.gitignore': gitignore });
  await shop.git('add', '--all');
  return shop;
}

describe('generated/ignored-output: a folder of code that git ignores', () => {
  test('is named at the pattern, once for all its files, and mended by taking that away', async () => {
    const shop = await withoutCode('node_modules/\n# built\ninternal/store/*.go\n');
    const [found, ...more] = await ignoredIn(shop);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      target: QUERY_PATHS.config,
      severity: 'error',
      folded: false,
      message: expect.stringMatching(/^git ignores internal\/store\/db\.go and \d more generated files of /),
      because: expect.stringContaining('internal/store/*.go of .gitignore'),
    });
    expect(found === undefined ? '' : placeOf(found)).toBe('.gitignore:3:1');
    expect((await shop.commitStaged()).exitCode).toBe(1);

    await stage(shop, { '.gitignore': 'node_modules/\n' });
    await shop.git('add', '--all');
    expect(await ignoredIn(shop)).toEqual([]);
    expect(await shop.git('ls-files', QUERY_PATHS.usersCode)).toBe(QUERY_PATHS.usersCode);
  });

  test('is no more once the files are staged all the same', async () => {
    const shop = await withoutCode('node_modules/\ninternal/store/*.go\n');
    const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect(stdout).toContain(`wrote ${QUERY_PATHS.usersCode} (staged)`);
    expect((await shop.staged()).outcome).toBe('clean');
  });

  test('is none where a later pattern lets the files through, or they are merely missing', async () => {
    const negated = await withoutCode('internal/store/*.go\n!internal/store/*.go\n');
    await negated.git('rm', '--quiet', '--cached', QUERY_PATHS.usersCode);
    expect(await ignoredIn(negated)).toEqual([]);
    expect((await negated.staged()).diagnostics.map(({ rule }) => rule)).toContain('generated/missing');
  });

  test('is named at the file where the pattern stands outside of the repository', async () => {
    const shop = await withoutCode('node_modules/\n');
    await shop.git('rm', '--quiet', '--cached', QUERY_PATHS.usersCode);
    await shop.write({ '.git/info/exclude': 'users.sql.go\n' });
    expect((await ignoredIn(shop)).map(placeOf)).toEqual([QUERY_PATHS.usersCode]);
  });
});
