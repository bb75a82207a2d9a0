import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { expectError } from '../errors/expect-error.ts';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
import { CLI, copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

const MEBIBYTE = 1024 * 1024;
const LARGE = 200;

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function shopCopy(): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

/** Stages a file of 200 MiB of comments, which git packs to next to nothing. */
async function stageLarge(shop: Shop, ...paths: readonly string[]): Promise<void> {
  const line = `-- ${'x'.repeat(1020)}\n`;
  const chunk = line.repeat(MEBIBYTE / line.length);
  for (const path of paths) {
    const chunks = (function* () {
      for (let at = 0; at < LARGE; at += 1) yield chunk;
    })();
    await shop.write({ [path]: '' });
    await pipeline(chunks, createWriteStream(join(shop.root, path)));
    await shop.git('-c', 'core.compression=1', 'add', '--', path);
    await rm(join(shop.root, path));
  }
}

/** Runs dbcheck, and tells the peak of its own memory in MiB, its children apart. */
async function peakOf(shop: Shop, ...args: readonly string[]) {
  const file = join(shop.root, '../peak');
  const watch = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`;
  await shop.write({ '../watch.cjs': watch });
  const program = ['--require', join(shop.root, '../watch.cjs'), CLI, ...args];
  const { exitCode } = await run(process.execPath, program, { cwd: shop.root, env: shop.env });
  return { exitCode, peak: Number((await shop.read('../peak')).toString()) / 1024 };
}

describe('a tracked file of 200 MiB', () => {
  test('that is nobody’s source is not read', async () => {
    const shop = await shopCopy();
    await stageLarge(shop, 'assets/dump.sql', 'tools/sqlc/schemas/postgres/old/dump.sql');
    await shop.git('commit', '--quiet', '--no-verify', '-m', 'Large');
    await shop.write({ [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    await shop.git('add', '--', QUERY_PATHS.users);
    for (const [exitCode, ...args] of [
      [1, 'staged'],
      [0, 'check'],
    ] as const) {
      const found = await peakOf(shop, ...args);
      expect(found.exitCode).toBe(exitCode);
      expect(found.peak).toBeLessThan(LARGE);
    }
  });

  test.each([
    [QUERY_PATHS.users],
    [QUERY_PATHS.schema],
    [QUERY_PATHS.config],
    [QUERY_PATHS.usersCode],
    ['dbcheck.config.yaml'],
    ['tools/sqlc/go.mod'],
  ])('in place of %s is refused', async (path) => {
    const shop = await shopCopy();
    await stageLarge(shop, path);
    await expectError(shop, ['staged'], {
      ...{ code: 'file-too-large', place: path },
      ...{ message: /is 200 MiB large, and dbcheck reads files of up to 32 MiB/, hint: /split it/ },
    });
  });

  test('reaches a command of verify as it is', async () => {
    const shop = await shopCopy();
    const config = 'verify: ["test $(wc -c < dump.bin) = 209715200 && grep -q git-lfs pointer"]\n';
    await shop.write({ 'dbcheck.config.yaml': config, pointer: LFS_POINTER });
    await shop.git('add', '--all');
    await stageLarge(shop, 'dump.bin');
    await shop.git('commit', '--quiet', '--no-verify', '-m', 'Large');
    expectExit(await shop.dbcheck(['check']), 0);
  });
});

const LFS_POINTER = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;

describe('a pointer of Git LFS', () => {
  test.each([
    [QUERY_PATHS.users],
    [QUERY_PATHS.schema],
    [QUERY_PATHS.config],
    [QUERY_PATHS.usersCode],
    ['dbcheck.config.yaml'],
    ['tools/sqlc/go.mod'],
  ])('in place of %s is refused', async (path) => {
    const shop = await shopCopy();
    await shop.write({ [path]: LFS_POINTER });
    await shop.git('add', '--all');
    await expectError(shop, ['staged'], {
      ...{ code: 'lfs-pointer', place: path },
      ...{ message: /is kept in Git LFS/, hint: /git lfs untrack/ },
    });
  });

  test('that HEAD has gives way to the file itself', async () => {
    const shop = await shopCopy();
    const paths = [QUERY_PATHS.users, QUERY_PATHS.schema, QUERY_PATHS.config, QUERY_PATHS.usersCode];
    const files = await Promise.all(paths.map(async (path) => [path, await shop.read(path)] as const));
    await shop.commit(Object.fromEntries(paths.map((path) => [path, LFS_POINTER])));
    await shop.write(Object.fromEntries(files));
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['staged']), 0);
  });

  test('that is nobody’s source is nobody’s business', async () => {
    const shop = await shopCopy();
    await shop.commit({ 'assets/logo.png': LFS_POINTER, [QUERY_PATHS.users]: `${USER_QUERIES}\n` });
    expectExit(await shop.dbcheck(['check']), 0);
  });
});
