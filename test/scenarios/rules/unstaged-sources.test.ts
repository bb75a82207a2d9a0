import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';

const RETURNS_HCL = PATHS.ordersHcl.replace('orders', 'returns');

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

/** Twice: the second answer is that of the first. */
async function expectNoted(path: string): Promise<void> {
  const note = `note: ${path} differs on disk from the index that was judged; if the commit is to have that: git add :/${path}\n`;
  for (const _ of ['anew', 'known']) {
    expect(expectExit(await shop.dbcheck(['staged']), 1).stdout).toContain(note);
  }
  const { stdout, stderr } = await shop.dbcheck(['staged', '--format', 'json']);
  expect([JSON.parse(stdout).outcome, stderr]).toEqual(['findings', note]);
}

it('names a schema that was left out of what is staged', async () => {
  await shop.write({ [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(32)') });
  expectExit(await shop.dbcheck(['fix']), 0);
  await shop.git('add', '--all');
  await shop.git('reset', '--quiet', '--', PATHS.ordersHcl);
  await expectNoted(PATHS.ordersHcl);
});

it('names a new schema that was left out, before and after a mend', async () => {
  await shop.write({ [RETURNS_HCL]: ORDERS_HCL });
  expectExit(await shop.dbcheck(['fix']), 0);
  await shop.git('add', '--all');
  await shop.git('rm', '--quiet', '--cached', RETURNS_HCL);
  await expectNoted(RETURNS_HCL);
  const { stdout } = await shop.dbcheck(['fix', '--stage']);
  expect(stdout).toContain(`note: ${RETURNS_HCL} differs on disk from the index that was judged`);
});

it('is to be named too where git commits some paths alone', async () => {
  await shop.write({ [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(32)') });
  expectExit(await shop.dbcheck(['fix']), 0);
  await shop.git('add', '--all');
  const { exitCode, stderr } = await shop.commitStaged('--', PATHS.ordersSchema);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `note: ${PATHS.ordersHcl} differs on disk from the index that was judged; if the commit is to have that, name it too: git commit PATHS takes nothing else\n`,
  );
});

it('says nothing of sources where all is staged, or the index is fresh', async () => {
  await shop.write({ [PATHS.ordersHcl]: `${ORDERS_HCL}\n# a note\n` });
  const fresh = expectExit(await shop.dbcheck(['staged']), 0);
  await shop.write({ [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(32)') });
  await shop.git('add', '--all');
  const refused = expectExit(await shop.dbcheck(['staged']), 1);
  expect(`${fresh.stdout}${refused.stdout}`).not.toContain('note:');
});
