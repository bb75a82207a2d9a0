import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { copyOf, expectExit, freshShop, type Shop, shopSources } from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

const HCL_PATH = 'tools/atlas/schemas/mysql/ledger.hcl';
const HCL = `schema "ledger" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}

table "entries" {
  schema = schema.ledger
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "note" {
    type = varchar(100)
  }
  primary_key {
    columns = [column.id]
  }
}
`;
const COMMAND =
  /^(apt-get install -y mariadb-server-core|brew install mariadb), or set devDatabase\.mysql to /;

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop({ ...(await shopSources()), [HCL_PATH]: HCL });
});
afterAll(() => fresh.remove());

/** A copy in which a MySQL schema has changed, and the environment of a machine on which no server is installed. */
async function changed(): Promise<{ shop: Shop; env: Readonly<Record<string, string>> }> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  const empty = join(shop.root, '../no-server');
  await mkdir(empty, { recursive: true });
  await shop.write({ [HCL_PATH]: HCL.replace('varchar(100)', 'varchar(120)') });
  await shop.git('add', '--all');
  return { shop, env: { DBCHECK_SERVER_PATH: empty } };
}

test('MySQL targets are not checked where no server of its family is installed, and all others are', async () => {
  const { shop, env } = await changed();
  const expected = {
    code: 'devdb-missing',
    message: /^No MySQL or MariaDB server is installed: .* in the folders of DBCHECK_SERVER_PATH$/,
    hint: COMMAND,
  };
  const report = await expectError(shop, ['check'], expected, { env });
  expect(report.notChecked.map(({ target }) => target)).toEqual(['mysql/ledger']);
  expect(report.checked.map(({ target }) => target)).toEqual([
    'postgres/orders',
    'postgres/stock',
    'tools/sqlc/sqlc_postgres.yml',
  ]);
  expect(report.diagnostics).toEqual([]);
  expect(await expectUncommittable(shop, 'devdb-missing', env)).toMatch(/(apt-get|brew) install /);
});

test('MySQL targets are not mended without a server, and nothing is written', async () => {
  const { shop, env } = await changed();
  const before = await shop.git('ls-files', '--stage');
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage'], { env }), 2);
  expect(stdout).toContain('error[devdb-missing]');
  expect(await shop.git('ls-files', '--stage')).toBe(before);
});

test('a commit passes without a MySQL server where the configuration says so, and says what it did not check', async () => {
  const { shop, env } = await changed();
  await shop.write({ 'dbcheck.config.yaml': 'staged: {unavailable: warn}\n' });
  await shop.git('add', '--all');
  const { exitCode, stderr } = await shop.tryGit(['commit', '-qm', 'Change'], { env });
  expect(stderr).toMatch(/^NOT CHECKED: mysql\/ledger: No MySQL or MariaDB server is installed/m);
  expect(exitCode).toBe(0);
});

test('a relative folder in DBCHECK_SERVER_PATH is no server', async () => {
  const { shop } = await changed();
  const expected = {
    code: 'devdb-invalid',
    message: /^DBCHECK_SERVER_PATH names "bin", which is no absolute path$/,
    hint: /unset it$/,
  };
  await expectError(shop, ['staged'], expected, { env: { DBCHECK_SERVER_PATH: 'bin' } });
});

test('a setting that names no server excuses no commit', async () => {
  const { shop } = await changed();
  await shop.write({ 'dbcheck.config.yaml': 'staged: {unavailable: warn}\n' });
  await shop.git('add', '--all');
  const said = await expectUncommittable(shop, 'devdb-invalid', { DBCHECK_SERVER_PATH: 'bin' });
  expect(said).not.toContain('--no-verify');
});

test('MySQL without a server in any package is no setting', async () => {
  const { shop, env } = await changed();
  await shop.write({
    'dbcheck.config.yaml': 'devDatabase: {mysql: embedded}\nstaged: {unavailable: warn}\n',
  });
  await shop.git('add', '--all');
  await expectUncommittable(shop, 'config-invalid', env);
});
