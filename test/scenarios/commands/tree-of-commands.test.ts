import { execFile } from 'node:child_process';
import { chmod, readFile, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, PATHS, type Shop } from '../shop.ts';

let original: Shop;
let shop: Shop;
beforeAll(async () => {
  original = await freshShop();
});
afterAll(() => original.remove());
beforeEach(async () => {
  shop = await copyOf(original);
});
afterEach(() => shop.remove());

async function commitProgram(path: string, text: string): Promise<void> {
  await shop.write({ [path]: text });
  await chmod(shop.path(path), 0o755);
}

it('has programs that can be run, and links', async () => {
  await commitProgram('scripts/ok.sh', '#!/bin/sh\ntest -L conf && test -f conf/part.txt\n');
  await symlink('settings', shop.path('conf'));
  await shop.commit({
    'settings/part.txt': 'x\n',
    'dbcheck.config.yaml': 'verify: [./scripts/ok.sh]\n',
  });
  expectExit(await shop.dbcheck(['init']), 0);
  expectExit(await shop.dbcheck(['check']), 0);
});

it('has programs that can be run for the schemas as well', async () => {
  const from = 'tools/atlas/migrations/postgres';
  const lines = ['set -e', `mkdir -p ${PATHS.ordersSchema.replace(/\/[^/]*$/, '')}`];
  for (const [name, path] of [
    ['orders', PATHS.ordersSchema],
    ['stock', PATHS.ordersSchema.replace('orders.sql', 'stock.sql')],
  ]) {
    lines.push(`cat ${from}/${name}/*.sql > ${path}`);
  }
  await commitProgram('scripts/extract.sh', `#!/bin/sh\n${lines.join('\n')}\n`);
  await shop.commit({
    'dbcheck.config.yaml': 'steps: {extract: {command: ./scripts/extract.sh, inputs: ["scripts/**"]}}\n',
  });
  const { stdout } = await shop.dbcheck(['check', '--format', 'json']);
  expect(JSON.parse(stdout).errors).toEqual([]);
});

it('is left by all that a command began when the run is interrupted', async () => {
  const marks = shop.path('.git/marks');
  const begun = `sleep 300 & echo $! > ${marks}; kill -TERM $PPID; wait; true`;
  await shop.commit({ 'dbcheck.config.yaml': `verify: [${JSON.stringify(begun)}]\n` });
  await shop.dbcheck(['init']);
  expect((await shop.dbcheck(['check'])).exitCode).toBe(130);
  const begunId = (await readFile(marks, 'utf8')).trim();
  await expect.poll(() => stateOf(begunId), { timeout: 20_000 }).toMatch(/^(Z.*)?$/);
});

/** What `ps` says of a process: empty where there is none, Z where only its parent has not looked at its end. */
async function stateOf(id: string): Promise<string> {
  const found = await promisify(execFile)('ps', ['-o', 'stat=', '-p', id]).catch(() => ({ stdout: '' }));
  return found.stdout.trim();
}
