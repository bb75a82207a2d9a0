import type { Files } from '../../support/repository.ts';
import { toolModules } from '../shop.ts';

/** The two databases of the shop, in MySQL: the same tables, a table that both have, and one package over both. */
export const MYSQL_PATHS = {
  ordersHcl: 'tools/atlas/schemas/mysql/orders.hcl',
  stockHcl: 'tools/atlas/schemas/mysql/stock.hcl',
  ordersMigrations: 'tools/atlas/migrations/mysql/orders',
  stockMigrations: 'tools/atlas/migrations/mysql/stock',
  ordersSchema: 'tools/sqlc/schemas/mysql/orders.sql',
  stockSchema: 'tools/sqlc/schemas/mysql/stock.sql',
  orderQueries: 'tools/sqlc/queries/mysql/orders.sql',
  itemQueries: 'tools/sqlc/queries/mysql/items.sql',
  sqlcConfig: 'tools/sqlc/sqlc_mysql.yml',
  store: 'internal/mysql',
} as const;

function schema(name: string): string {
  return `schema "${name}" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}
`;
}

function regions(database: string): string {
  return `
table "regions" {
  schema = schema.${database}
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "kind" {
    type = enum("home", "abroad")
  }
  column "code" {
    type = varchar(8)
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_regions_code" {
    unique  = true
    columns = [column.code]
    comment = "one row a code"
  }
}
`;
}

export const MYSQL_ORDERS_HCL = `${schema('orders')}
table "orders" {
  schema = schema.orders
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "status" {
    type    = varchar(16)
    default = "open"
  }
  column "region_id" {
    type = bigint
  }
  column "placed_at" {
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_orders_regions" {
    columns     = [column.region_id]
    ref_columns = [table.regions.column.id]
    on_delete   = RESTRICT
  }
  index "idx_orders_region_id" {
    columns = [column.region_id]
  }
}
${regions('orders')}`;

const MYSQL_STOCK_HCL = `${schema('stock')}
table "items" {
  schema = schema.stock
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "name" {
    type = text
  }
  column "amount" {
    type    = int
    default = 0
  }
  primary_key {
    columns = [column.id]
  }
  check "chk_items_amount" {
    expr = "amount < 1000000"
  }
  comment = "what is in the store"
}
${regions('stock')}`;

const MYSQL_ORDER_QUERIES = `-- name: GetOrder :one
SELECT id, status, region_id, placed_at FROM orders WHERE id = ?;

-- name: ListOrders :many
SELECT id, status FROM orders WHERE status = ? ORDER BY id;
`;

const MYSQL_ITEM_QUERIES = `-- name: GetItem :one
SELECT id, name, amount FROM items WHERE id = ?;

-- name: GetRegion :one
SELECT id, kind, code FROM regions WHERE id = ?;
`;

const MYSQL_CONFIG = `version: "2"
sql:
  - engine: mysql
    schema:
      - schemas/mysql/orders.sql
      - schemas/mysql/stock.sql
    queries: queries/mysql
    gen:
      go:
        package: store
        out: ../../${MYSQL_PATHS.store}
        emit_interface: true
`;

/** What people write for it, without the tools' pins. */
export const MYSQL_FILES = {
  [MYSQL_PATHS.ordersHcl]: MYSQL_ORDERS_HCL,
  [MYSQL_PATHS.stockHcl]: MYSQL_STOCK_HCL,
  [MYSQL_PATHS.orderQueries]: MYSQL_ORDER_QUERIES,
  [MYSQL_PATHS.itemQueries]: MYSQL_ITEM_QUERIES,
  [MYSQL_PATHS.sqlcConfig]: MYSQL_CONFIG,
};

export async function mysqlSources(): Promise<Files> {
  return { '.gitignore': 'node_modules/\n', ...MYSQL_FILES, ...(await toolModules()) };
}
