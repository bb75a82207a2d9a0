import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { edit } from '../rules/scenario.ts';
import { copyOf, expectExit, freshShop, PATHS, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop();
});
afterAll(() => fresh.remove());

async function shopCopy(): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

test('an atlas.hcl is never evaluated, wherever it stands', async () => {
  const shop = await shopCopy();
  const made = join(shop.root, '../made');
  const hostile = `data "external" "x" {\n  program = ["touch", "${made}"]\n}\nthis is no HCL {{{\n`;
  for (const folder of ['', 'tools/', 'tools/atlas/']) await shop.write({ [`${folder}atlas.hcl`]: hostile });
  await edit(shop, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)');
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expect((await shop.commitStaged()).exitCode).toBe(0);
  expectExit(await shop.dbcheck(['check']), 0);
  expect(existsSync(made)).toBe(false);
});

test('a link in the place of an output, or of a folder of outputs, is not written through', async () => {
  for (const link of [PATHS.ordersSchema, PATHS.store]) {
    const shop = await shopCopy();
    const outside = join(shop.root, '../outside');
    await writeFile(outside, 'mine\n');
    await shop.git('rm', '-rq', link);
    await mkdir(dirname(join(shop.root, link)), { recursive: true });
    await symlink(outside, join(shop.root, link));
    await edit(shop, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)');
    await shop.git('add', '--all');
    for (const args of [['fix'], ['fix', '--stage']]) {
      const { stdout } = expectExit(await shop.dbcheck(args), 2);
      expect(stdout).toMatch(/error\[(symlinked-output|symlinked-source)\]/);
    }
    expect((await readFile(outside)).toString()).toBe('mine\n');
  }
});
