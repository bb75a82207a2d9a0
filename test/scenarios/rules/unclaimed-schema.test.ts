import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectExit, freshShop, ORDERS_HCL, type Report, type Shop } from '../shop.ts';

const STRAY = 'tools/atlas/schemas/postgresql/orders.hcl';

/** Atlas's own, and somebody else's. */
const NOBODYS = {
  'tools/atlas/schemas/atlas.hcl': 'env "local" {}\n',
  'tools/atlas/schemas/vendor/x/lib.hcl': 'x\n',
};

let shop: Shop;
beforeAll(async () => {
  shop = await freshShop();
});
afterAll(() => shop.remove());

function found({ diagnostics }: Report): readonly string[] {
  return diagnostics.map(({ rule, severity, location }) => `${severity} ${rule} ${location.path}`);
}

it('config/unclaimed-schema names HCL that no database has, in what is staged and in a whole commit', async () => {
  const warning = [`warning config/unclaimed-schema ${STRAY}`];
  await shop.write({ [STRAY]: `${ORDERS_HCL}}`, ...NOBODYS });
  await shop.git('add', '--all');
  for (const _ of ['anew', 'known']) expect(found(await shop.staged())).toEqual(warning);
  const commit = await shop.commitStaged();
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining(STRAY)]);
  await shop.write({ 'tools/sqlc/queries/postgres/note.txt': 'nothing\n' });
  await shop.git('add', '--all');
  expect(found(await shop.staged())).toEqual([]);
  const { stdout } = expectExit(await shop.dbcheck(['check', '--format', 'json']), 0);
  expect(found(JSON.parse(stdout))).toEqual(warning);
  const since = expectExit(await shop.dbcheck(['check', '--from', 'HEAD', '--format', 'json']), 0);
  expect(found(JSON.parse(since.stdout))).toEqual([]);
});
