import { PATHS } from '../shop.ts';

export const BASELINE = '00000000000000_initial_schema.sql';

/** What the shop is in one dialect: where its files stand, and what the generators make of the same changes. */
export interface ShopDialect {
  readonly name: 'postgres' | 'mysql' | 'sqlite';
  readonly paths: Readonly<Record<keyof typeof PATHS, string>>;
  /** What makes the sqlc schema of `stock`, in the words of the report. */
  readonly schemaMaker: string;
  /** The HCL that leaves the database `stock` without an object. */
  readonly emptyStock: string;
  /** `orders.status` becomes longer. */
  readonly longerStatus: {
    readonly hcl: readonly [from: string, to: string];
    /** How the generated SQL has it. */
    readonly sql: readonly [from: string, to: string];
    /** Something else in that place, as a hand might write it. */
    readonly byHand: string;
    /** The line in the baseline and in the sqlc schema. */
    readonly line: { readonly baseline: number; readonly schema: number };
  };
  /** `items.amount` becomes bigger, which the code shows too. */
  readonly biggerAmount: {
    readonly hcl: readonly [from: string, to: string];
    readonly sql: string;
    readonly line: { readonly baseline: number; readonly schema: number; readonly models: number };
  };
  /** The line of `items.amount` in the sqlc schema as it is. */
  readonly amountLine: number;
  /** The query `ListOrders` with its name. */
  readonly listOrders: string;
  /** Lines of the generated code of the queries. */
  readonly code: {
    /** The text of `ListOrders`. */
    readonly listOrders: number;
    /** The first line that goes with `ListOrders`. */
    readonly withoutListOrders: number;
    /** The line that closes its rows. */
    readonly closesRows: number;
  };
  /** Where `querier.go` differs. */
  readonly querier: {
    readonly withoutListOrders: number;
    readonly withPing: number;
    readonly withoutItems: number;
  };
  /** Edits that make a schema of it that no generator takes. */
  readonly invalidSchemas: readonly {
    readonly name: string;
    readonly database: 'orders' | 'stock';
    readonly edit: readonly [from: string, to: string];
    readonly at: string;
  }[];
  /** The line of the type of `items.name` in `stock`'s HCL. */
  readonly textLine: number;
  /** The line and column of the shared table in `stock`'s HCL. */
  readonly sharedTable: string;
  /** How the generated SQL has the type of `regions.code`: as it is, and one character longer. */
  readonly regionCode: readonly [string, string];
  readonly invalidQuery: {
    /** Where sqlc misses a column. */
    readonly columnAt: string;
    /** What stands for `FROM items WHERE` in a query that is no SQL, and where sqlc says so. */
    readonly syntax: string;
    readonly syntaxAt: string;
  };
}

/** What the steps make of a shop whose files stand at these paths. */
export function madePaths(paths: ShopDialect['paths']) {
  const go = (name: string): string => `${paths.store}/${name}`;
  const code = ['db.go', 'items.sql.go', 'models.go', 'orders.sql.go', 'querier.go'].map(go);
  return {
    ordersBaseline: `${paths.ordersMigrations}/${BASELINE}`,
    stockBaseline: `${paths.stockMigrations}/${BASELINE}`,
    ordersSum: `${paths.ordersMigrations}/atlas.sum`,
    stockSum: `${paths.stockMigrations}/atlas.sum`,
    code,
    db: go('db.go'),
    itemCode: go('items.sql.go'),
    models: go('models.go'),
    orderCode: go('orders.sql.go'),
    querier: go('querier.go'),
  };
}

export const POSTGRES: ShopDialect = {
  name: 'postgres',
  paths: PATHS,
  schemaMaker: 'the replay of the migrations',
  emptyStock: 'schema "public" {\n}\n',
  longerStatus: {
    hcl: ['varchar(16)', 'varchar(32)'],
    sql: ['varying(16)', 'varying(32)'],
    byHand: 'varying(99)',
    line: { baseline: 17, schema: 17 },
  },
  biggerAmount: {
    hcl: ['type    = integer', 'type    = bigint'],
    sql: '"amount" bigint',
    line: { baseline: 7, schema: 5, models: 60 },
  },
  amountLine: 5,
  listOrders: '-- name: ListOrders :many\nSELECT id, status FROM orders WHERE status = $1 ORDER BY id;\n',
  code: { listOrders: 29, withoutListOrders: 27, closesRows: 42 },
  querier: { withoutListOrders: 15, withPing: 16, withoutItems: 12 },
  invalidSchemas: [
    {
      name: 'a type that is not there',
      database: 'orders',
      edit: ['type = varchar(16)', 'type = varchart(16)'],
      at: '13:12',
    },
    {
      name: 'a block that is not closed',
      database: 'stock',
      edit: ['  comment = "what is in the store"\n}', '  comment = "what is in the store"'],
      at: '4:15',
    },
    {
      name: 'a reference to a table that is not there',
      database: 'orders',
      edit: ['table.regions.column.id', 'table.areas.column.id'],
      at: '27:25',
    },
  ],
  textLine: 13,
  sharedTable: '30:1',
  regionCode: ['varying(8)', 'varying(9)'],
  invalidQuery: { columnAt: '5:12', syntax: 'FROM items WHERE WHERE', syntaxAt: '2:42' },
};
