import type { Files } from '../../support/repository.ts';
import { ORDERS_HCL, PATHS, STOCK_HCL, shopSources, toolModules } from '../shop.ts';

/** The two databases of the shop in SQLite, converted from the Postgres ones. */
export const SQLITE_PATHS = {
  ...PATHS,
  ordersSchema: 'tools/sqlc/schemas/sqlite/orders.sql',
  stockSchema: 'tools/sqlc/schemas/sqlite/stock.sql',
  orderQueries: 'tools/sqlc/queries/sqlite/orders.sql',
  itemQueries: 'tools/sqlc/queries/sqlite/items.sql',
  sqlcConfig: 'tools/sqlc/sqlc_sqlite.yml',
  store: 'internal/sqlite',
} as const;

/** What people write for SQLite. */
const SQLITE_FILES = {
  [SQLITE_PATHS.orderQueries]: `-- name: GetOrder :one
SELECT id, status, region_id, placed_at FROM orders WHERE id = ?;

-- name: ListOrders :many
SELECT id, status FROM orders WHERE status = ? ORDER BY id;
`,
  [SQLITE_PATHS.itemQueries]: `-- name: GetItem :one
SELECT id, name, amount FROM items WHERE id = ?;

-- name: GetRegion :one
SELECT id, kind, code FROM regions WHERE id = ?;
`,
  [SQLITE_PATHS.sqlcConfig]: `version: "2"
sql:
  - engine: sqlite
    schema:
      - schemas/sqlite/orders.sql
      - schemas/sqlite/stock.sql
    queries: queries/sqlite
    gen:
      go:
        package: store
        out: ../../${SQLITE_PATHS.store}
        emit_interface: true
`,
};

/** The shop in SQLite alone: the Postgres schemas are there to be converted, and no code is made for Postgres. */
export async function sqliteSources(): Promise<Files> {
  return {
    '.gitignore': 'node_modules/\n',
    [PATHS.ordersHcl]: ORDERS_HCL,
    [PATHS.stockHcl]: STOCK_HCL,
    ...SQLITE_FILES,
    ...(await toolModules()),
  };
}

/** The shop in both dialects. */
export async function postgresAndSqliteSources(): Promise<Files> {
  return { ...(await shopSources()), ...SQLITE_FILES };
}
