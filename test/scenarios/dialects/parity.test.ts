import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edit, fixStaged, placeOf, rulesOf, stage } from '../rules/scenario.ts';
import {
  copyOf,
  expectExit,
  freshShop,
  ORDERS_HCL,
  PATHS,
  QUERIES,
  type Shop,
  SQLC_CONFIG,
  toolModules,
} from '../shop.ts';
import { MYSQL_FILES, MYSQL_ORDERS_HCL, MYSQL_PATHS } from './mysql-shop.ts';

const CONFIG = 'dbcheck.config.yaml';

const TABLE = (schema: string): string => `
table "returns" {
  schema = schema.${schema}
  column "id" {
    type = bigint
  }
  primary_key {
    columns = [column.id]
  }
}
`;
const COLUMN = `  column "note" {
    type = varchar(40)
    null = true
  }
`;
const DELETE_ORDER = '\n-- name: DeleteOrder :exec\nDELETE FROM orders WHERE id = ';

interface Difference {
  readonly rule: string;
  /** The target that differs from the other. */
  readonly target: string;
  readonly at: string;
  /** What an `ignore` calls it. */
  readonly name: string;
  /** Makes the dialects differ. */
  violate(shop: Shop): Promise<void>;
  /** Makes them agree again. */
  agree(shop: Shop): Promise<void>;
}

/** Adds to the end of a file, and stages it. */
async function append(shop: Shop, path: string, text: string): Promise<void> {
  await stage(shop, { [path]: (await shop.read(path)).toString() + text });
}

const DIFFERENCES: readonly Difference[] = [
  {
    rule: 'parity/table-missing',
    target: 'postgres/orders',
    at: `${MYSQL_PATHS.ordersHcl}:${MYSQL_ORDERS_HCL.split('\n').length + 1}:1`,
    name: 'returns',
    violate: (shop) => append(shop, MYSQL_PATHS.ordersHcl, TABLE('orders')),
    agree: (shop) => append(shop, PATHS.ordersHcl, TABLE('public')),
  },
  {
    rule: 'parity/column-missing',
    target: 'mysql/orders',
    at: `${PATHS.ordersHcl}:${lineOf(ORDERS_HCL, 'column "placed_at"')}:3`,
    name: 'orders.note',
    violate: (shop) =>
      edit(shop, PATHS.ordersHcl, '  column "placed_at" {', `${COLUMN}  column "placed_at" {`),
    agree: (shop) =>
      edit(shop, MYSQL_PATHS.ordersHcl, '  column "placed_at" {', `${COLUMN}  column "placed_at" {`),
  },
  {
    rule: 'parity/query-missing',
    target: MYSQL_PATHS.sqlcConfig,
    at: `${PATHS.orderQueries}:7:10`,
    name: 'DeleteOrder',
    violate: (shop) => append(shop, PATHS.orderQueries, `${DELETE_ORDER}$1;\n`),
    agree: (shop) => append(shop, MYSQL_PATHS.orderQueries, `${DELETE_ORDER}?;\n`),
  },
  {
    rule: 'parity/query-command',
    target: MYSQL_PATHS.sqlcConfig,
    at: `${MYSQL_PATHS.orderQueries}:4:10`,
    name: 'ListOrders',
    violate: (shop) => edit(shop, MYSQL_PATHS.orderQueries, 'ListOrders :many', 'ListOrders :one'),
    agree: async (shop) => {
      await edit(shop, PATHS.orderQueries, 'ListOrders :many', 'ListOrders :one');
      // Of many orders the first one is meant, or it would be a finding of another kind.
      await edit(shop, PATHS.orderQueries, 'ORDER BY id;', 'ORDER BY id LIMIT 1;');
    },
  },
];

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

describe('a commit that makes one dialect differ from another', () => {
  let shop: Shop;
  beforeAll(async () => {
    const config = (text: string, dialect: string): string =>
      text.replace(`      - schemas/${dialect}/stock.sql\n`, '');
    shop = await freshShop({
      '.gitignore': 'node_modules/\n',
      [PATHS.ordersHcl]: ORDERS_HCL,
      [PATHS.orderQueries]: QUERIES,
      [PATHS.sqlcConfig]: config(SQLC_CONFIG, 'postgres'),
      [MYSQL_PATHS.ordersHcl]: MYSQL_ORDERS_HCL,
      [MYSQL_PATHS.orderQueries]: MYSQL_FILES[MYSQL_PATHS.orderQueries],
      [MYSQL_PATHS.sqlcConfig]: config(MYSQL_FILES[MYSQL_PATHS.sqlcConfig], 'mysql'),
      ...(await toolModules()),
    });
  });
  afterAll(() => shop.remove());

  it.each(DIFFERENCES)('$rule: is refused, accepted with a reason, and mended', async (difference) => {
    const { rule, target, at, name } = difference;
    const copy = await copyOf(shop);
    await difference.violate(copy);
    // What follows from the sources is generated, and the difference stays.
    await fixStaged(copy, 1);
    const report = await copy.staged();
    expect(report.diagnostics).toMatchObject([
      { rule, target, severity: 'error', folded: false, diff: null },
    ]);
    expect(report.diagnostics.map(placeOf)).toEqual([at]);
    expect({ outcome: report.outcome, errors: report.errors }).toEqual({ outcome: 'findings', errors: [] });
    const refused = await copy.commitStaged();
    expect(refused.exitCode).toBe(1);
    expect(rulesOf(refused.stderr)).toEqual(new Set([rule]));

    const path = at.replace(/:.*/, '');
    const entry = (wanted: string): string =>
      `ignore:\n  - rule: ${rule}\n    path: ${path}\n    name: ${wanted}\n    reason: it is meant to be so\n`;
    await stage(copy, { [CONFIG]: entry('another') });
    expect((await copy.staged()).diagnostics.map((finding) => finding.rule)).toContain(rule);
    await stage(copy, { [CONFIG]: entry(name) });
    const accepted = await copy.commitStaged();
    expect(accepted.stderr).not.toContain('error[');
    expect(accepted.exitCode).toBe(0);

    await copy.git('rm', '--quiet', CONFIG);
    await difference.agree(copy);
    await fixStaged(copy);
    expect(await copy.staged()).toMatchObject({ outcome: 'clean', diagnostics: [] });
    await copy.remove();
  });

  it('judges one target alone with the code that is made of it, and says what stood in for its server', async () => {
    const { stdout } = expectExit(
      await shop.dbcheck(['check', '--format', 'json', '--target', 'mysql/orders']),
      0,
    );
    const report: { checked: readonly { target: string; through: string | null }[] } = JSON.parse(stdout);
    expect(report.checked.map(({ target }) => target)).toEqual(['mysql/orders', MYSQL_PATHS.sqlcConfig]);
    const [{ through } = { through: null }] = report.checked;
    expect(through === null || /^MariaDB \d+\.\d+/.test(through)).toBe(true);
  });
});
