import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, PATHS, type Shop, shopSources } from '../shop.ts';

let shared = '';
let shop: Shop;
beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'dbcheck-test-'));
  const config = `cache: {shared: ${shared}}\n`;
  shop = await freshShop({ ...(await shopSources()), 'dbcheck.config.yaml': config });
});
afterAll(async () => {
  await shop.remove();
  await rm(shared, { recursive: true, force: true });
});

describe('a shared folder', () => {
  it('is written by a trusted run alone, and serves a clone that has nothing of its own', async () => {
    expect(await readdir(shared)).toEqual([]);
    await shop.dbcheck(['cache', 'clear']);
    expectExit(await shop.dbcheck(['check'], { env: { DBCHECK_CACHE_WRITE: '1' } }), 0);
    expect((await readdir(shared)).every((name) => name.startsWith('step-'))).toBe(true);
    const clone = await copyOf(shop);
    expectExit(await clone.dbcheck(['cache', 'clear']), 0);
    expect(expectExit(await clone.dbcheck(['check']), 0).stdout).toContain('(3 cached)');
    expect(expectExit(await clone.dbcheck(['check', '--no-cache']), 0).stdout).not.toContain('cached');
    expect(expectExit(await clone.dbcheck(['cache', 'info']), 0).stdout).toContain(`${shared} (shared)\n`);
    await clone.remove();
  });

  it('with files of the tree that is judged is refused', async () => {
    const copy = await copyOf(shop);
    await copy.commit({ 'dbcheck.config.yaml': 'cache: {shared: tools/../kept}\n' });
    expectExit(await copy.dbcheck(['check']), 0);
    await copy.commit({ 'dbcheck.config.yaml': 'cache:\n  shared: kept\n', 'kept/step-0': '' });
    const refused = expectExit(await copy.dbcheck(['check']), 2);
    expect(refused.stdout).toContain('error[cache-in-snapshot]: cache.shared is kept, a folder with files');
    expect(refused.stdout).toContain('--> dbcheck.config.yaml:2:3');
    await copy.remove();
  });
});

describe('dbcheck cache', () => {
  it('says where the cache is and what is in it, and removes it', async () => {
    const copy = await copyOf(shop);
    await copy.write({ [PATHS.orderQueries]: '-- name: X :exec\nSELECT 1;\n' });
    await copy.git('add', '--all');
    await copy.dbcheck(['staged']);
    const folder = join(copy.root, '.git/dbcheck');
    const info = JSON.parse(expectExit(await copy.dbcheck(['cache', 'info', '--format', 'json']), 0).stdout);
    expect(info).toMatchObject({ version: 1, folder, shared: { folder: shared } });
    expect(info.others).toBeGreaterThan(0);
    expect(info.steps + info.verdicts + info.others).toBe((await readdir(folder)).length);
    const said = expectExit(await copy.dbcheck(['cache', 'info']), 0).stdout;
    expect(said).toContain(`${folder}\n  ${info.steps} steps, ${info.verdicts} verdict`);
    expect(said).toContain('(at most 256 MB and 4096 files)\n');
    expect(expectExit(await copy.dbcheck(['cache', 'clear']), 0).stdout).toContain(` from ${folder}\n`);
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(expectExit(await copy.dbcheck(['cache', 'clear']), 0).stdout).toMatch(/^removed 0 steps/);
    await copy.remove();
  });

  it('describes itself, and is exit 2 for what it does not know', async () => {
    const help = expectExit(await shop.dbcheck(['cache', '--help']), 0).stdout;
    expect(help).toContain('info');
    expect(help).toContain('clear');
    expect(expectExit(await shop.dbcheck(['cache', 'clear', '--help']), 0).stdout).toContain('--format');
    expectExit(await shop.dbcheck(['cache', 'prune']), 2);
    expectExit(await shop.dbcheck(['cache']), 2);
    expectExit(await shop.dbcheck(['cache', 'info'], { cwd: tmpdir() }), 2);
  });
});
