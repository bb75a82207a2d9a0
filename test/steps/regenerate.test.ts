import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { noMemory } from '../../src/cache/step-memory.ts';
import { CheckError } from '../../src/errors.ts';
import { ITEM_QUERIES, ORDERS_HCL, PATHS, QUERIES, SQLC_CONFIG, STOCK_HCL } from '../scenarios/shop.ts';
import { madeBy, resultOf, useBench } from './pipeline.ts';

const SHOP = {
  [PATHS.ordersHcl]: ORDERS_HCL,
  [PATHS.stockHcl]: STOCK_HCL,
  [PATHS.orderQueries]: QUERIES,
  [PATHS.itemQueries]: ITEM_QUERIES,
  [PATHS.sqlcConfig]: SQLC_CONFIG,
};
const ORDERS = 'postgres/orders';
const STOCK = 'postgres/stock';
/** An entry that reads one of the two databases that another entry reads together. */
const PARTIAL_CONFIG = `${SQLC_CONFIG}  - engine: postgresql
    schema: schemas/postgres/stock.sql
    queries: queries/stock
    gen:
      go:
        package: stock
        out: ../../internal/stock
`;

const bench = useBench();

describe('regenerate', () => {
  it('makes migrations, schemas and code from sources alone, each from what the step before made', async () => {
    const made = await bench.regenerate({
      ...SHOP,
      [PATHS.ordersSchema]: 'CREATE TABLE "stale" ("id" bigint);\n',
      [`${PATHS.ordersMigrations}/1_old.sql`]: 'CREATE TABLE "stale" ("id" bigint);\n',
    });
    const orders = madeBy(made, ORDERS);
    expect(Object.keys(orders).sort()).toEqual([
      `${PATHS.ordersMigrations}/1_old.sql`,
      `${PATHS.ordersMigrations}/atlas.sum`,
      PATHS.ordersSchema,
    ]);
    expect(orders[PATHS.ordersSchema]).toContain('CREATE TABLE "regions"');
    const stock = madeBy(made, STOCK);
    expect(stock[PATHS.stockSchema]).not.toContain('regions');
    expect(stock[`${PATHS.stockMigrations}/00000000000000_initial_schema.sql`]).toContain(
      'CREATE TABLE "regions"',
    );
    const code = madeBy(made, PATHS.sqlcConfig);
    expect(code[`${PATHS.store}/models.go`]).toContain('type Region struct');
    expect(code[`${PATHS.store}/models.go`]).not.toContain('Stale');
    expect(made.conflicts).toEqual([]);
  });

  it('makes nothing of an empty schema, and lets no committed file stand in for it', async () => {
    const tree = {
      [PATHS.stockHcl]: 'schema "public" {\n}\n',
      [PATHS.stockSchema]: 'CREATE TABLE "items" ("id" bigint, "name" text, "amount" integer);\n',
      [`${PATHS.stockMigrations}/1_old.sql`]: 'CREATE TABLE "items" ("id" bigint);\n',
      [PATHS.itemQueries]: '-- name: GetItem :one\nSELECT id, name, amount FROM items WHERE id = $1;\n',
      [PATHS.sqlcConfig]: SQLC_CONFIG.replace('      - schemas/postgres/orders.sql\n', ''),
    };
    const made = await bench.regenerate(tree);
    expect(madeBy(made, STOCK)).toEqual({});
    expect(resultOf(made, PATHS.sqlcConfig)).toMatchObject({ kind: 'refused' });
  });

  it('does not guess what a database leaves out while another that shares with it is refused', async () => {
    const made = await bench.regenerate({ ...SHOP, [PATHS.ordersHcl]: `${ORDERS_HCL}table "broken" {\n` });
    expect(resultOf(made, ORDERS).kind).toBe('refused');
    expect(resultOf(made, STOCK)).toEqual({ kind: 'blocked', by: ORDERS });
    expect(resultOf(made, PATHS.sqlcConfig)).toEqual({ kind: 'blocked', by: ORDERS });
  });

  it('says where a shared object stands to an entry that reads one of the databases alone', async () => {
    const made = await bench.regenerate({
      ...SHOP,
      'tools/sqlc/queries/stock/regions.sql': '-- name: CountRegions :one\nSELECT count(*) FROM regions;\n',
      [PATHS.sqlcConfig]: PARTIAL_CONFIG,
    });
    expect(resultOf(made, PATHS.sqlcConfig)).toEqual({
      kind: 'refused',
      problems: [
        {
          path: 'tools/sqlc/queries/stock/regions.sql',
          ...{ line: 1, column: 1 },
          message: `relation "regions" does not exist; it is shared, and stands in ${PATHS.ordersSchema} alone: name that file before ${PATHS.stockSchema} in the entry's schema`,
        },
      ],
    });
  });

  it('generates for an entry that reads one of the databases alone and nothing of what is shared', async () => {
    const made = await bench.regenerate({
      ...SHOP,
      'tools/sqlc/queries/stock/items.sql': '-- name: CountItems :one\nSELECT count(*) FROM items;\n',
      [PATHS.sqlcConfig]: PARTIAL_CONFIG,
    });
    expect(Object.keys(madeBy(made, PATHS.sqlcConfig))).toContain('internal/stock/items.sql.go');
  });

  it('blames a server that died, not the schema', async () => {
    const made = await bench.regenerate(
      { [PATHS.ordersHcl]: ORDERS_HCL },
      {
        server: async () => ({
          ...(await bench.server()),
          createDatabase: async () => 'postgres://nobody@/gone?host=/nonexistent&sslmode=disable',
        }),
        isServerAlive: async () => false,
      },
    );
    expect(resultOf(made, ORDERS)).toMatchObject({ kind: 'failed', error: { code: 'devdb-lost' } });
  });

  it.each([
    ['is no template', '{{ bad', 'function "bad" not defined'],
    ['calls what Atlas does not know', '{{ json . }}', 'function "json" not defined'],
    ['asks for what a plan has not', '{{ .Nope }}', "can't evaluate field Nope"],
    ['changes what Atlas plans', '{{ sql . }} -- x', "'sql' can only be used to indent statements"],
    ['writes no SQL', 'x', 'syntax error at or near "x"'],
    ['is of a plan alone', '{{ range .Changes }}{{ .Cmd }};\n{{ end }}', "can't evaluate field Changes"],
  ])('blames the configuration, not the schema, for a format that %s', async (_, format, words) => {
    const made = await bench.regenerate({
      ...SHOP,
      'dbcheck.config.yaml': `migrations:\n  format: ${JSON.stringify(format)}\n`,
    });
    expect(resultOf(made, ORDERS)).toMatchObject({
      kind: 'failed',
      error: {
        code: 'format-invalid',
        place: { path: 'dbcheck.config.yaml', line: 2, column: 3 },
        message: expect.stringContaining(words),
        hint: expect.stringContaining('git add :/dbcheck.config.yaml'),
      },
    });
  });

  it('fails a dialect that has no server, and nothing else', async () => {
    const unsupported = new CheckError('dialect-unsupported', 'there is no server for sqlite');
    const made = await bench.regenerate(
      { ...SHOP, 'tools/atlas/schemas/sqlite/shop.hcl': 'schema "main" {\n}\n' },
      { server: (dialect) => (dialect === 'sqlite' ? Promise.reject(unsupported) : bench.server()) },
    );
    expect(resultOf(made, 'sqlite/shop')).toEqual({ kind: 'failed', error: unsupported });
    expect(resultOf(made, ORDERS).kind).toBe('made');
  });

  it('does not run sqlc where its code would depend on a database', async () => {
    const asking = SQLC_CONFIG.replace('    gen:', '    database: {uri: "postgres://u@h/db"}\n    gen:');
    const made = await bench.regenerate({ ...SHOP, [PATHS.sqlcConfig]: asking });
    expect(resultOf(made, PATHS.sqlcConfig)).toMatchObject({
      kind: 'failed',
      error: { code: 'sqlc-asks-database', place: { path: PATHS.sqlcConfig } },
    });
    const told = asking.replace('    gen:', '    analyzer: {database: false}\n    gen:');
    const without = await bench.regenerate({ ...SHOP, [PATHS.sqlcConfig]: told });
    expect(resultOf(without, PATHS.sqlcConfig).kind).toBe('made');
  });

  it('makes databases that share objects side by side, the last ones begun when the first have room for them', async () => {
    const count = 40 * availableParallelism();
    const names = Array.from({ length: count }, (_, index) => `db${String(index).padStart(4, '0')}`);
    const schemas = names.map((name) => `      - schemas/postgres/${name}.sql\n`).join('');
    const waiting: (() => void)[] = [];
    let planned = 0;
    const begun: string[] = [];
    // No plan is done before another one is at work, or all are.
    const another = () =>
      new Promise<void>((resolve) => {
        planned += 1;
        waiting.push(resolve);
        if (waiting.length > 1 || planned === count) for (const done of waiting.splice(0)) done();
      });
    const made = await bench.regenerate(
      {
        ...Object.fromEntries(names.map((name) => [`tools/atlas/schemas/postgres/${name}.hcl`, STOCK_HCL])),
        [PATHS.itemQueries]: ITEM_QUERIES,
        [PATHS.sqlcConfig]: SQLC_CONFIG.replace(/( {6}- schemas.*\n)+/, schemas),
      },
      {
        memory: {
          ...noMemory(),
          async remembered({ step, revive }) {
            begun.push(step);
            if (step === 'plan') await another();
            return revive({ outputs: new Map(), note: null });
          },
        },
      },
    );
    expect(planned).toBe(count);
    expect(begun.indexOf('extract')).toBeLessThan(begun.lastIndexOf('plan'));
    expect(resultOf(made, `postgres/${names.at(-1)}`).kind).toBe('made');
    expect(resultOf(made, PATHS.sqlcConfig).kind).toBe('made');
  });

  it('keeps the failure of a tool with the targets that need it', async () => {
    const missing = new CheckError('tool-missing', 'there is no sqlc');
    const tools = { atlas: bench.atlas, sqlc: () => Promise.reject(missing) };
    const made = await bench.regenerate(SHOP, { tool: (name) => tools[name]() });
    expect(resultOf(made, PATHS.sqlcConfig)).toEqual({ kind: 'failed', error: missing });
    expect(resultOf(made, STOCK).kind).toBe('made');
  });

  it('waits for every step before it lets an unexpected failure through', async () => {
    let atWork = 0;
    const slow = async () => {
      atWork += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      atWork -= 1;
      throw new CheckError('tool-missing', 'there is no Atlas');
    };
    const broken = async () => {
      throw new TypeError('a bug');
    };
    await expect(
      bench.regenerate(
        { ...SHOP, 'tools/sqlc/sqlc_mysql.yml': SQLC_CONFIG.replace(/schema:\n.*\n.*\n/, 'schema: own\n') },
        { tool: (name) => (name === 'atlas' ? slow() : broken()) },
      ),
    ).rejects.toThrow('a bug');
    expect(atWork).toBe(0);
  });

  it('keeps workspaces of configurations with similar paths apart', async () => {
    const names: string[] = [];
    const config = SQLC_CONFIG.replace(/schema:\n.*\n.*\n/, 'schema: own\n');
    await bench.regenerate(
      {
        'dbcheck.config.yaml': 'sqlc: {configs: ["*/sqlc.yml", "*/*/sqlc.yml"]}\n',
        'a-b/sqlc.yml': config.replaceAll('../../', '../'),
        'a/b/sqlc.yml': config,
      },
      {
        workspace: async (name) => {
          names.push(name);
          return bench.workspace();
        },
      },
    );
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
  });
});
