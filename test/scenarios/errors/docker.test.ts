import { mkdir, readdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';
import { expectError } from './expect-error.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop();
});
afterAll(() => fresh.remove());

async function changed(unavailable: 'error' | 'warn'): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({
    'dbcheck.config.yaml': `devDatabase: {postgres: "docker://postgres/15/dev"}\nstaged: {unavailable: ${unavailable}}\n`,
    [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(20)'),
  });
  await shop.git('add', '--all');
  return shop;
}

/** All programs that there are, in one folder, but Docker's. */
async function withoutDocker(shop: Shop): Promise<string> {
  const bin = join(shop.root, '../bin');
  await mkdir(bin);
  for (const folder of (shop.env['PATH'] ?? '').split(delimiter)) {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((name) => name !== 'docker'))
      await symlink(join(folder, name), join(bin, name)).catch(() => {});
  }
  return bin;
}

const EXPECTED = {
  code: 'devdb-unreachable',
  message: /^Atlas can't reach docker:\/\/postgres\/15\/dev\n.*docker/is,
  hint: /^start Docker, or set devDatabase\.postgres to embedded/,
};

test('Docker that is not installed says nothing of a schema', async () => {
  const shop = await changed('error');
  const env = { PATH: await withoutDocker(shop) };
  const report = await expectError(shop, ['staged'], EXPECTED, { env });
  expect(report.diagnostics).toEqual([]);
});

test('Docker that does not run lets a commit pass where the configuration says so', async () => {
  const shop = await changed('warn');
  const env = { DOCKER_HOST: `unix://${join(shop.root, '../none.sock')}` };
  const { exitCode, stderr } = await shop.tryGit(['commit', '-qm', 'Change'], { env });
  expect(stderr).toMatch(/^NOT CHECKED: postgres\/orders, postgres\/stock: Atlas can't reach docker:/m);
  expect(exitCode).toBe(0);
  expectExit(await shop.dbcheck(['check'], { env }), 2);
});
