import { expect, onTestFinished, test } from 'vitest';
import { displayPath } from '../../../src/git/path-bytes.ts';
import { emptyShop, expectExit, ORDERS_HCL, type Report, type Shop, toolModules } from '../shop.ts';

const ORDINARY_IN_A_PATH = [
  '-rf',
  'sp ace',
  '"quoted"',
  "it's",
  'é',
  '$(touch x)',
  'semi;colon',
  '%41',

  'caf\udce9',
];
const REFUSED = ['new\nline', '[*?]', '{a,b}', 'back\\slash'];

function schemaOf(database: string): string {
  return `tools/atlas/schemas/postgres/${database}.hcl`;
}

async function shopWith(databases: readonly string[]): Promise<Shop> {
  const shop = await emptyShop();
  onTestFinished(() => shop.remove());
  await shop.write(await toolModules());
  await shop.write(Object.fromEntries(databases.map((database) => [schemaOf(database), ORDERS_HCL])));
  await shop.git('add', '--all');
  return shop;
}

test('databases are planned under any name that a path can hold', async () => {
  const shop = await shopWith(ORDINARY_IN_A_PATH);
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  for (const database of ORDINARY_IN_A_PATH) {
    expect(stdout).toContain(displayPath(`tools/atlas/migrations/postgres/${database}/atlas.sum`));
  }
  await shop.git('commit', '--quiet', '--message', 'Start');
  const { stdout: json } = expectExit(await shop.dbcheck(['check', '--no-cache', '--format', 'json']), 0);
  const report: Report = JSON.parse(json);
  expect(report.checked.map(({ target }) => target).sort()).toEqual(
    ORDINARY_IN_A_PATH.map((database) => `postgres/${database}`).sort(),
  );
  // Nothing that a name spells was run.
  expect(await shop.git('status', '--porcelain')).toBe('');
});

test.each(REFUSED)('a database named %j is refused by its file, whatever else is there', async (database) => {
  const shop = await shopWith([database, 'orders']);
  const report: Report = JSON.parse(expectExit(await shop.dbcheck(['staged', '--format', 'json']), 2).stdout);
  expect(report.errors).toMatchObject([{ code: 'database-name', location: { path: schemaOf(database) } }]);
});
