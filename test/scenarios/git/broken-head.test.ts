import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

const CONFIG = 'dbcheck.config.yaml';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function shopWith(): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  return shop;
}

describe('a commit that mends what HEAD has broken', () => {
  test.each([
    ['is no YAML', 'sqlc: [\n'],
    ['is empty', ''],
  ])('passes where the configuration of HEAD %s', async (_, broken) => {
    const shop = await shopWith();
    await shop.commit({ [CONFIG]: broken });
    expectExit(await shop.dbcheck(['check']), 2);
    await shop.write({ [CONFIG]: 'staged: {unavailable: error}\n' });
    await shop.git('add', '--all');
    const report = await shop.staged();
    expect(report).toMatchObject({ outcome: 'clean', errors: [], diagnostics: [] });
    expect(report.checked.map(({ target }) => target)).toEqual([QUERY_PATHS.config]);
    expect((await shop.commitStaged()).exitCode).toBe(0);
    expectExit(await shop.dbcheck(['check']), 0);
  });

  test('passes where it takes the broken configuration away, and has judged everything', async () => {
    const shop = await shopWith();
    await shop.commit({ [CONFIG]: 'sqlx: {}\n' });
    await shop.write({ [CONFIG]: null });
    await shop.git('add', '--all');
    const report = await shop.staged();
    expect(report).toMatchObject({ outcome: 'clean', errors: [] });
    expect(report.checked.map(({ target }) => target)).toEqual([QUERY_PATHS.config]);
    expect((await shop.commitStaged()).exitCode).toBe(0);
  });

  test('passes where an sqlc configuration of HEAD is broken', async () => {
    const shop = await shopWith();
    const good = await shop.read(QUERY_PATHS.config);
    await shop.commit({ [QUERY_PATHS.config]: 'version: "2"\nsql: 7\n' });
    expectExit(await shop.dbcheck(['check']), 2);
    await shop.write({ [QUERY_PATHS.config]: good });
    await shop.git('add', '--all');
    expect(await shop.staged()).toMatchObject({ outcome: 'clean', errors: [] });
    expect((await shop.commitStaged()).exitCode).toBe(0);
  });

  test.each([
    ['a query', QUERY_PATHS.users],
    ['generated code', QUERY_PATHS.usersCode],
    ['the sqlc configuration', QUERY_PATHS.config],
  ])('passes where HEAD has a symbolic link in the place of %s', async (_, path) => {
    const shop = await shopWith();
    const content = await shop.read(path);
    await shop.write({ [path]: null });
    expect(
      (await run('ln', ['-s', 'elsewhere', `${shop.root}/${path}`], { cwd: shop.root, env: shop.env }))
        .exitCode,
    ).toBe(0);
    await shop.commit();
    expectExit(await shop.dbcheck(['check']), 2);
    await shop.write({ [path]: content });
    await shop.git('add', '--all');
    expect(await shop.staged()).toMatchObject({ outcome: 'clean', errors: [], diagnostics: [] });
    expect((await shop.commitStaged()).exitCode).toBe(0);
    expectExit(await shop.dbcheck(['check']), 0);
  });
});

describe('HEAD with a configuration of its own', () => {
  test('shows by it what is left behind, though the snapshot has another one', async () => {
    const shop = await shopWith();
    const moved = 'db/queries.yml';
    const config = (await shop.read(QUERY_PATHS.config)).toString();
    const elsewhere = config
      .replaceAll('queries/postgres', '../tools/sqlc/queries/postgres')
      .replace('schemas/postgres', '../tools/sqlc/schemas/postgres')
      .replace('../../internal/store', '../internal/data');
    await shop.write({
      [CONFIG]: `sqlc: {configs: [${moved}, ${QUERY_PATHS.config}]}\n`,
      [moved]: elsewhere,
    });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    await shop.commit();
    await shop.write({ [CONFIG]: null, [moved]: null });
    await shop.git('add', '--all');
    const report = await shop.staged();
    expect(
      report.diagnostics
        .filter(({ rule }) => rule === 'generated/orphan')
        .map(({ target, location }) => [target, location.path]),
    ).toEqual(
      ['db.go', 'models.go', 'posts.sql.go', 'users.sql.go'].map((name) => [moved, `internal/data/${name}`]),
    );
  });
});
