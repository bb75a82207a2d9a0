import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDevServer } from '../../../src/devdb/open-dev-server.ts';
import { embeddedBinaries, embeddedPackage } from '../../../src/devdb/postgres-embedded.ts';
import { serverUser } from '../../../src/devdb/server-user.ts';
import { createScratch } from '../../../src/process/scratch.ts';
import { sql } from '../../devdb/sql.ts';
import type { Files } from '../../support/repository.ts';
import {
  copyOf,
  emptyShop,
  expectExit,
  PATHS,
  type Shop,
  SQLC_CONFIG,
  STOCK_HCL,
  shopSources,
  toolModules,
} from '../shop.ts';

const STOCK_BASELINE = `${PATHS.stockMigrations}/00000000000000_initial_schema.sql`;
const WIDER_STOCK = STOCK_HCL.replace('type    = integer', 'type    = bigint');

/** A repository with Atlas alone and one database, staged and without outputs. */
async function atlasAlone(files: Files = {}): Promise<Shop> {
  const shop = await emptyShop();
  const modules = await toolModules();
  await shop.write({
    '.gitignore': 'node_modules/\n',
    'tools/atlas/go.mod': modules['tools/atlas/go.mod'] ?? null,
    'tools/atlas/go.sum': modules['tools/atlas/go.sum'] ?? null,
    [PATHS.stockHcl]: STOCK_HCL,
    ...files,
  });
  await shop.git('add', '--all');
  return shop;
}

/** Regenerates, stages and commits, and gives the baseline. */
async function mend(shop: Shop): Promise<string> {
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  await shop.commit();
  return (await shop.read(STOCK_BASELINE)).toString();
}

describe('Atlas alone', () => {
  let fresh: Shop;
  beforeAll(async () => {
    fresh = await atlasAlone();
    await mend(fresh);
  });
  afterAll(() => fresh.remove());

  async function shopCopy(files: Files): Promise<Shop> {
    const shop = await copyOf(fresh);
    onTestFinished(() => shop.remove());
    await shop.write(files);
    await shop.git('add', '--all');
    return shop;
  }

  test('plans, and extracts no schema that nothing reads', async () => {
    const shop = await shopCopy({ [PATHS.stockHcl]: WIDER_STOCK });
    const report = await shop.staged();
    expect(report.checked).toMatchObject([{ target: 'postgres/stock', steps: ['plan'], outputs: 2 }]);
    const roots = report.diagnostics.filter(({ folded }) => !folded);
    expect(roots.map(({ rule, location }) => `${rule} ${location.path}`)).toEqual([
      `migration/stale ${STOCK_BASELINE}`,
    ]);
    expect(report.diagnostics.map(({ location }) => location.path)).toContain(
      `${PATHS.stockMigrations}/atlas.sum`,
    );
    expect(await mend(shop)).toContain('"amount" bigint');
    expectExit(await shop.dbcheck(['check']), 0);
    expect(await shop.git('ls-files', '--', 'tools/sqlc')).toBe('');
  });

  test('with a schema in a folder of files', async () => {
    const [schema = '', table = ''] = STOCK_HCL.split(/(?=^table "items")/m);
    const folder = 'tools/atlas/schemas/postgres/stock';
    const shop = await shopCopy({
      [PATHS.stockHcl]: null,
      [`${folder}/schema.hcl`]: schema,
      [`${folder}/tables.hcl`]: table,
    });
    expect(await shop.staged()).toMatchObject({ outcome: 'clean', checked: [{ target: 'postgres/stock' }] });
    await shop.write({ [`${folder}/tables.hcl`]: table.replace('type    = integer', 'type    = bigint') });
    await shop.git('add', '--all');
    expect(await shop.staged()).toMatchObject({ outcome: 'findings' });
    expect(await mend(shop)).toContain('"amount" bigint');
  });

  test('writes as the committed baseline is written, or as the configuration says', async () => {
    const asked = 'migrations:\n  qualified: true\n  format: "{{ sql . }}"\n';
    const shop = await shopCopy({ 'dbcheck.config.yaml': asked });
    const qualified = await mend(shop);
    expect(qualified).toMatch(/^CREATE TABLE "public"\."items" \("id" bigint/m);

    await shop.write({ 'dbcheck.config.yaml': null });
    await shop.commit();
    expectExit(await shop.dbcheck(['check']), 0);
    await shop.write({ [PATHS.stockHcl]: WIDER_STOCK });
    expect(await mend(shop)).toBe(qualified.replace('"amount" integer', '"amount" bigint'));

    const other = 'migrations:\n  qualified: false\n  format: "{{ sql . \\"    \\" }}"\n';
    await shop.write({ 'dbcheck.config.yaml': other });
    await shop.git('add', '--all');
    expect(await shop.staged()).toMatchObject({ outcome: 'findings' });
    expect(await mend(shop)).toMatch(/^CREATE TABLE "items" \(\n {4}"id" bigint/m);
  });

  test('on the binaries of an installed server', async () => {
    const { bin } = await embeddedBinaries(embeddedPackage(), await serverUser());
    const shop = await shopCopy({ 'dbcheck.config.yaml': 'devDatabase: {postgres: system}\n' });
    const env = { PATH: `${bin}:${shop.env['PATH']}` };
    await shop.commit({ [PATHS.stockHcl]: WIDER_STOCK });
    const stale = expectExit(await shop.dbcheck(['check'], { env }), 1);
    expect(stale.stdout).toContain('error[migration/stale]');
    expectExit(await shop.dbcheck(['fix'], { env }), 0);
    await shop.commit();
    expectExit(await shop.dbcheck(['check'], { env }), 0);
  });

  test('on a server that is given by its URL, which is left as it was', async () => {
    const scratch = await createScratch();
    const host = await openDevServer('postgres', 'embedded', { scratch });
    onTestFinished(async () => {
      await host.close();
      await scratch.remove();
    });
    const url = await host.createDatabase('given', { qualified: true });
    await sql(
      url,
      'CREATE DATABASE template0 TEMPLATE given_1 IS_TEMPLATE true ALLOW_CONNECTIONS false',
      'CREATE TABLE kept (id int)',
    );
    const databases = 'SELECT datname FROM pg_database ORDER BY 1';
    const before = await sql(url, databases);
    const shop = await shopCopy({ 'dbcheck.config.yaml': `devDatabase: {postgres: "\${DEV_URL}"}\n` });
    const env = { DEV_URL: url };
    await shop.commit({ [PATHS.stockHcl]: WIDER_STOCK });
    expect(expectExit(await shop.dbcheck(['check'], { env }), 1).stdout).toContain('error[migration/stale]');
    expectExit(await shop.dbcheck(['fix'], { env }), 0);
    await shop.commit();
    expectExit(await shop.dbcheck(['check'], { env }), 0);
    expect(await sql(url, databases)).toEqual(before);
    expect(await sql(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([['kept']]);
  });
});

describe('Atlas and sqlc', () => {
  test('with names and an order of the sqlc schemas', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    await shop.write({
      ...(await shopSources()),
      'dbcheck.config.yaml': 'sqlcSchemas:\n  stock: 01_first.sql\n  orders: 02_second.sql\n',
      [PATHS.sqlcConfig]: SQLC_CONFIG.replace('postgres/orders.sql', 'postgres/01_first.sql').replace(
        'postgres/stock.sql',
        'postgres/02_second.sql',
      ),
    });
    await mend(shop);
    expectExit(await shop.dbcheck(['check']), 0);
    const names = await shop.git('ls-files', '--', 'tools/sqlc/schemas');
    expect(names.split('\n')).toEqual([
      'tools/sqlc/schemas/postgres/01_first.sql',
      'tools/sqlc/schemas/postgres/02_second.sql',
    ]);
    const [first, second] = await Promise.all(names.split('\n').map((path) => shop.read(path)));
    expect(first?.toString()).toContain('CREATE TABLE "regions"');
    expect(second?.toString()).not.toContain('CREATE TABLE "regions"');
    expect(second?.toString()).toContain('CREATE TABLE "orders"');

    await shop.write({ 'tools/sqlc/schemas/postgres/02_second.sql': null });
    await shop.git('add', '--all');
    expect((await shop.staged()).diagnostics).toMatchObject([
      {
        rule: 'generated/missing',
        target: 'postgres/orders',
        location: { path: 'tools/sqlc/schemas/postgres/02_second.sql' },
      },
    ]);
  });

  test('with sqlc reading the folder of migrations', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    await shop.write({
      ...(await shopSources()),
      [PATHS.ordersHcl]: null,
      [PATHS.orderQueries]: null,
      [PATHS.sqlcConfig]: SQLC_CONFIG.replace(
        /schema:\n.*\n.*\n/,
        'schema: ../atlas/migrations/postgres/stock\n',
      ),
    });
    await mend(shop);
    const report = await shop.dbcheck(['check', '--format', 'json']);
    expect(JSON.parse(report.stdout)).toMatchObject({
      outcome: 'clean',
      checked: [
        { target: 'postgres/stock', steps: ['plan'] },
        { target: PATHS.sqlcConfig, steps: ['sqlc'] },
      ],
    });
    await shop.write({ [PATHS.stockHcl]: WIDER_STOCK });
    await shop.git('add', '--all');
    const stale = await shop.staged();
    const roots = stale.diagnostics.filter(({ folded }) => !folded);
    expect(roots.map(({ location }) => location.path)).toEqual([STOCK_BASELINE]);
    expect(stale.diagnostics.map(({ location }) => location.path)).toContain('internal/store/models.go');
    await mend(shop);
    expectExit(await shop.dbcheck(['check']), 0);
  });
});
