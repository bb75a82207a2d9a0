import { beforeAll, describe, expect, it } from 'vitest';
import { copyOf, emptyShop, expectExit, type Shop, toolModules } from './shop.ts';

const HCL_PATH = 'tools/atlas/schemas/mysql/stock.hcl';
const HCL = `schema "stock" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}
table "items" {
  schema = schema.stock
  column "id" {
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "name" {
    type    = varchar(100)
    default = "it's new"
  }
  column "facts" {
    type = json
  }
  column "seen_at" {
    type      = datetime(6)
    default   = sql("CURRENT_TIMESTAMP(6)")
    on_update = sql("CURRENT_TIMESTAMP(6)")
  }
  primary_key {
    columns = [column.id]
  }
}
`;
const SQLC = `version: "2"
sql:
  - engine: mysql
    schema: schemas/mysql/stock.sql
    queries: queries/mysql
    gen:
      go:
        package: store
        out: ../../internal/store
`;

/** `checked`, which holds what stood in for a server. */
interface Checked {
  readonly checked: readonly { target: string; through: string | null }[];
}

let fresh: Shop;
beforeAll(async () => {
  fresh = await emptyShop();
  await fresh.write({
    '.gitignore': 'node_modules/\n',
    [HCL_PATH]: HCL,
    'tools/sqlc/sqlc_mysql.yml': SQLC,
    'tools/sqlc/queries/mysql/items.sql':
      '-- name: GetItem :one\nSELECT id, name, facts FROM items WHERE id = ?;\n',
    ...(await toolModules()),
  });
  await fresh.git('add', '--all');
  expectExit(await fresh.dbcheck(['fix', '--stage']), 0);
  await fresh.git('commit', '--quiet', '-m', 'Start the stock');
});

describe('a repository with a MySQL schema', () => {
  it('is clean when it is fresh, and says what stood in for MySQL', async () => {
    const { stdout } = expectExit(await fresh.dbcheck(['check', '--format', 'json']), 0);
    const report: Checked = JSON.parse(stdout);
    expect(report.checked.map(({ target, through }) => [target, through])).toEqual([
      ['mysql/stock', expect.toSatisfy((through) => through === null || /^MariaDB \d+\.\d+/.test(through))],
      ['tools/sqlc/sqlc_mysql.yml', null],
    ]);
    const baseline = await fresh.git(
      'show',
      ':tools/atlas/migrations/mysql/stock/00000000000000_initial_schema.sql',
    );
    expect(baseline).toContain(
      '`seen_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)',
    );
    expect(baseline).toMatch(/\n\) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci;$/);
  });

  it('is stale after a change, in the three outputs, until it is mended', async () => {
    const shop = await copyOf(fresh);
    await shop.write({ [HCL_PATH]: HCL.replace('varchar(100)', 'varchar(120)').replace("it's new", 'new') });
    await shop.git('add', '--all');
    const rules = (await shop.staged()).diagnostics.map(({ rule, folded }) => [rule, folded]);
    expect(rules).toEqual(
      expect.arrayContaining([
        ['migration/stale', false],
        ['generated/stale', true],
      ]),
    );
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect(await shop.staged()).toMatchObject({ outcome: 'clean' });
  });

  it("is not judged where MariaDB can't stand in for a construct, at whose place the error is", async () => {
    const shop = await copyOf(fresh);
    await shop.write({
      [HCL_PATH]: HCL.replace(
        '  primary_key {',
        '  check "named" {\n    expr = "lower(name) <> name"\n  }\n  primary_key {',
      ),
    });
    await shop.git('add', '--all');
    const report = await shop.staged();
    if ((await fresh.dbcheck(['check', '--format', 'json'])).stdout.includes('MariaDB')) {
      expect(report).toMatchObject({
        outcome: 'error',
        errors: [{ code: 'stand-in-unsupported', location: { path: HCL_PATH, line: 25, column: 5 } }],
      });
    } else expect(report.outcome).toBe('findings');
  });
});
