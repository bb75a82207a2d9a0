import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, PATHS, type Report, type Shop } from '../shop.ts';

let original: Shop;
beforeAll(async () => {
  original = await freshShop();
});
afterAll(() => original.remove());

async function shopWith(config: string): Promise<Shop> {
  const shop = await copyOf(original);
  await shop.commit({ 'dbcheck.config.yaml': config });
  return shop;
}

async function checked(shop: Shop): Promise<Report> {
  const report: Report = JSON.parse((await shop.dbcheck(['check', '--format', 'json'])).stdout);
  return report;
}

describe('steps.extract as a command', () => {
  const CONFIG = `steps:
  extract:
    command: sh scripts/extract.sh
    inputs: [scripts/*.sh]
`;
  /** Copies what it finds: the regenerated migrations, not the committed ones; of stock, what orders lacks. */
  const SCRIPT = `set -e
from=tools/atlas/migrations/postgres to=tools/sqlc/schemas/postgres
mkdir -p $to
cat $from/orders/*.sql > $to/orders.sql
sed -n '/^CREATE TABLE "items"/,/^);/p' $from/stock/*.sql > $to/stock.sql
`;

  it('judges the sqlc schemas by what the command makes of the regenerated migrations', async () => {
    const shop = await shopWith(CONFIG);
    await shop.commit({ 'scripts/extract.sh': SCRIPT });
    expectExit(await shop.dbcheck(['init']), 0);
    const before = await checked(shop);
    expect(before.diagnostics.filter(({ folded }) => !folded).map(({ rule }) => rule)).toContain(
      'generated/stale',
    );
    expectExit(await shop.dbcheck(['fix']), 0);
    const schema = (await shop.read(PATHS.ordersSchema)).toString();
    expect(schema).toBe(
      (await shop.read(`${PATHS.ordersMigrations}/00000000000000_initial_schema.sql`)).toString(),
    );
    await shop.commit();
    expect((await checked(shop)).outcome).toBe('clean');
    await shop.remove();
  });

  it('is asked again for an index that was fresh when its program was another one', async () => {
    const shop = await shopWith('steps: {extract: {command: mkschema, inputs: ["scripts/**"]}}\n');
    const folder = await mkdtemp(join(tmpdir(), 'program-'));
    const program = async (line: string) => {
      await writeFile(join(folder, 'mkschema'), `#!/bin/sh\n${SCRIPT}${line}`);
      await chmod(join(folder, 'mkschema'), 0o755);
    };
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` };
    await program('');
    await shop.commit({ 'scripts/part.txt': 'x\n' });
    expectExit(await shop.dbcheck(['init'], { env }), 0);
    await shop.write({ 'scripts/part.txt': 'y\n' });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage'], { env }), 0);
    expectExit(await shop.dbcheck(['staged'], { env }), 0);
    await program('echo "-- made by another program" >> $to/orders.sql\n');
    const { stdout } = expectExit(await shop.dbcheck(['staged'], { env }), 1);
    expect(stdout).toContain(PATHS.ordersSchema);
    await rm(folder, { recursive: true });
    await shop.remove();
  });

  it('is exit 2 with the command and its words where the command fails', async () => {
    const shop = await shopWith(CONFIG);
    await shop.commit({ 'scripts/extract.sh': 'echo no such database >&2; exit 3\n' });
    const report = await checked(shop);
    expect(report.outcome).toBe('error');
    expect(report.errors.map(({ code, message }) => ({ code, message }))).toEqual([
      { code: 'command-failed', message: '`sh scripts/extract.sh` ended with 3\nno such database' },
    ]);
    await shop.remove();
  });

  it('is exit 2 where an input matches no file of the snapshot, which one on disk is not', async () => {
    const shop = await shopWith(CONFIG.replace('[scripts/*.sh]', '[scripts/*.sh, "nope/**"]'));
    await shop.commit({ 'scripts/extract.sh': SCRIPT });
    await shop.write({ 'nope/untracked': '' });
    const { errors } = await checked(shop);
    expect(errors).toEqual([
      {
        code: 'pattern-matches-nothing',
        message: '`nope/**` in `steps.extract.inputs` matches no file',
        location: { path: 'dbcheck.config.yaml', line: 4, column: 28 },
        hint: 'correct it or remove it; a new file has to be staged with `git add` first',
      },
    ]);
    await shop.remove();
  });

  it('takes migrations that are yet to be made for what an input asks for', async () => {
    const shop = await shopWith(
      CONFIG.replace('[scripts/*.sh]', '[scripts/*.sh, "tools/atlas/migrations/**"]'),
    );
    await shop.commit({ 'scripts/extract.sh': SCRIPT });
    await shop.git('rm', '--quiet', '-r', 'tools/atlas/migrations');
    expectExit(await shop.dbcheck(['init']), 0);
    expectExit(await shop.dbcheck(['plan']), 0);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect((await shop.staged()).outcome).toBe('clean');
    await shop.git('rm', '--quiet', '-r', '-f', 'tools', 'scripts', 'internal');
    expect((await shop.staged()).errors).toEqual([]);
    await shop.remove();
  });

  it('is exit 2 where a link leads to nothing in the work tree', async () => {
    const shop = await shopWith(`${CONFIG}    links: [internal, nope_modules]\n`);
    await shop.commit({ 'scripts/extract.sh': SCRIPT });
    const { errors } = await checked(shop);
    expect(errors).toEqual([
      {
        code: 'link-missing',
        message: '`nope_modules` in `steps.extract.links` is not in the work tree',
        location: { path: 'dbcheck.config.yaml', line: 5, column: 23 },
        hint: 'make it, such as with npm ci, or remove it from `links`',
      },
    ]);
    await shop.remove();
  });

  it('is exit 2 where the command leaves a schema unmade', async () => {
    const shop = await shopWith(CONFIG);
    await shop.commit({ 'scripts/extract.sh': 'true\n' });
    const [error] = (await checked(shop)).errors;
    expect(error?.message).toBe(`\`sh scripts/extract.sh\` did not make ${PATHS.ordersSchema}`);
    await shop.remove();
  });
});

describe('verify', () => {
  const CONFIG = 'verify:\n  - test -f internal/store/orders.sql.go\n  - echo it is broken; exit 4\n';

  it('reports a command that fails on the regenerated tree, and not one that passes', async () => {
    const shop = await shopWith(CONFIG);
    await shop.commit({ 'internal/store/orders.sql.go': null });
    const report = await checked(shop);
    const found = report.diagnostics.filter(({ rule }) => rule === 'generated/unverified');
    expect(found.map(({ location, because }) => ({ location, because }))).toEqual([
      {
        location: { path: 'dbcheck.config.yaml', line: 3, column: 5 },
        because: 'it ended with 4: it is broken',
      },
    ]);
    await shop.remove();
  });

  it('is off in the hook', async () => {
    const shop = await shopWith(CONFIG);
    await shop.write({
      [PATHS.orderQueries]: `${(await shop.read(PATHS.orderQueries)).toString()}\n-- name: CountOrders :one\nSELECT count(*) FROM orders;\n`,
    });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    const commit = await shop.commitStaged();
    expect({ exitCode: commit.exitCode, stderr: commit.stderr.includes('unverified') }).toEqual({
      exitCode: 0,
      stderr: false,
    });
    await shop.remove();
  });
});
