import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Files } from '../../support/repository.ts';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, emptyShop, expectExit, freshShop, type Shop } from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function staged(files: Files): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write(files);
  await shop.git('add', '--all');
  return shop;
}

const CONFIG = 'dbcheck.config.yaml';

describe('a configuration', () => {
  test.each([
    ['without a byte', ''],
    ['of comments', '# nothing yet\n'],
  ])('%s', async (_, text) => {
    const shop = await staged({ [CONFIG]: text });
    await expectError(shop, ['staged'], {
      ...{ code: 'config-invalid', place: `${CONFIG}:1:1` },
      ...{ message: /empty/, hint: /git add .*dbcheck\.config\.yaml/ },
    });
    await expectUncommittable(shop, 'config-invalid');
  });

  test('with a key that does not exist', async () => {
    const shop = await staged({ [CONFIG]: 'migrations:\n  mode: single\nsqlc:\n  config: [x.yml]\n' });
    await expectError(shop, ['staged'], {
      ...{ code: 'config-invalid', place: `${CONFIG}:4:3` },
      ...{ message: /`?config`?.*did you mean `configs`/s, hint: /git add/ },
    });
    expect(await expectUncommittable(shop, 'config-invalid')).toContain('did you mean');
  });

  test('that is not YAML', async () => {
    const shop = await staged({ [CONFIG]: 'rules:\n  - [\n' });
    await expectError(shop, ['staged'], {
      ...{ code: 'config-invalid', place: `${CONFIG}:3:1` },
      ...{ message: /./, hint: /git add/ },
    });
  });

  test('that asks for the versioned mode', async () => {
    const shop = await staged({ [CONFIG]: 'migrations:\n  mode: versioned\n' });
    await expectError(shop, ['staged'], {
      ...{ code: 'config-invalid', place: `${CONFIG}:2:9` },
      ...{ message: /versioned/, hint: /git add/ },
    });
  });

  test('that is on disk and not staged', async () => {
    const shop = await staged({ [QUERY_PATHS.users]: '-- name: U :one\nSELECT 1;\n' });
    await shop.write({ [CONFIG]: 'rules: {generated/stale: off}\n' });
    await expectError(shop, ['staged'], {
      ...{ code: 'config-not-in-snapshot', place: CONFIG },
      ...{ message: /on disk but not in/, hint: /git add .*dbcheck\.config\.yaml/ },
    });
    await expectUncommittable(shop, 'config-not-in-snapshot');
    // A commit that has none is no reason to take the one on disk either.
    expectExit(await shop.dbcheck(['check']), 2);
  });

  test('that --config names and that does not exist', async () => {
    const shop = await staged({});
    await expectError(shop, ['staged', '--config', 'other.yaml'], {
      ...{ code: 'config-missing', place: 'other.yaml' },
      ...{ message: /other\.yaml/, hint: /--config/ },
    });
  });

  test('whose glob matches nothing', async () => {
    const shop = await staged({ [CONFIG]: "sqlc:\n  configs: ['services/**/sqlc.yaml']\n" });
    await expectError(shop, ['staged'], {
      ...{ code: 'pattern-matches-nothing', place: `${CONFIG}:2:13` },
      ...{ message: /services\/\*\*\/sqlc\.yaml.*matches no file/, hint: /correct the pattern/ },
    });
    await expectUncommittable(shop, 'pattern-matches-nothing');
  });

  test.each([
    ['schemas', 'schemas: db/{dialect}/{database}.hcl\n', '1:1'],
    ['migrations.dir', 'migrations:\n  dir: db/{dialect}/{database}\n', '2:3'],
  ])('whose template %s matches nothing', async (_, text, place) => {
    const shop = await staged({ [CONFIG]: text });
    await expectError(shop, ['staged'], {
      ...{ code: 'pattern-matches-nothing', place: `${CONFIG}:${place}` },
      ...{ message: /matches no/, hint: /correct|remove/ },
    });
  });

  test('whose sqlcSchemas are named in a repository without a database', async () => {
    const shop = await staged({ [CONFIG]: 'sqlcSchemas: db/{dialect}/{database}.sql\n' });
    await expectError(shop, ['staged'], {
      ...{ code: 'pattern-matches-nothing', place: `${CONFIG}:1:1` },
      ...{ message: /matches no/, hint: /correct|remove/ },
    });
  });
});

test('a map of sqlc schemas that names no database', async () => {
  const map = 'sqlcSchemas:\n  app: app.sql\n  ap: ap.sql\n';
  const shop = await staged({ [CONFIG]: map });
  await expectError(shop, ['staged'], {
    ...{ code: 'pattern-matches-nothing', place: `${CONFIG}:3:3` },
    ...{ message: /names `ap`, and there is no such database/, hint: /correct|remove/ },
  });
});

describe('nothing to check', () => {
  test('in a repository without a target', async () => {
    const shop = await emptyShop();
    onTestFinished(() => shop.remove());
    await shop.commit({ 'README.md': 'read me\n' });
    for (const args of [['staged'], ['check'], ['fix'], ['fix', '--stage'], ['plan']]) {
      await expectError(shop, args, {
        code: 'no-target',
        ...{ message: /nothing to check/, hint: /dbcheck init/ },
      });
    }
  });

  test.each([
    ['postgres/nothing', /--target postgres\/nothing fits no target/],
    ['mysql', /--target mysql fits no target/],
    ['tools/sqlc/sqlc_postgre.yml', /fits no target/],
  ])('for --target %s', async (target, message) => {
    const shop = await staged({});
    for (const command of ['staged', 'check', 'fix']) {
      const hint = /sqlc_postgres\.yml/;
      await expectError(shop, [command, '--target', target], { code: 'unknown-target', message, hint });
    }
  });
});

test('a symbolic link in place of a source', async () => {
  const shop = await staged({ 'shared/queries.sql': '-- name: Ping :one\nSELECT 1::int;\n' });
  await symlink('../../../../shared/queries.sql', join(shop.root, 'tools/sqlc/queries/postgres/ping.sql'));
  await shop.git('add', '--all');
  await expectError(shop, ['staged'], {
    ...{ code: 'symlinked-source', place: 'tools/sqlc/queries/postgres/ping.sql' },
    ...{ message: /symbolic link/, hint: /./ },
  });
});
