import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noMemory, type StepMemory, stepMemory } from '../../src/cache/step-memory.ts';
import type { Providers } from '../../src/steps/regeneration.ts';
import { temporaryFolder } from '../process/repository-tool.ts';
import { ITEM_QUERIES, ORDERS_HCL, PATHS, QUERIES, SQLC_CONFIG, STOCK_HCL } from '../scenarios/shop.ts';
import { madeBy, resultOf, useBench } from './pipeline.ts';

const SHOP = {
  [PATHS.ordersHcl]: ORDERS_HCL,
  [PATHS.stockHcl]: STOCK_HCL,
  [PATHS.orderQueries]: QUERIES,
  [PATHS.itemQueries]: ITEM_QUERIES,
  [PATHS.sqlcConfig]: SQLC_CONFIG,
  'tools/sqlc/schemas/sqlite/orders.sql': '',
  'dbcheck.config.yaml': 'schemas: tools/atlas/schemas/{dialect}/{database}.hcl\n',
};
const [ORDERS, STOCK, CODE, LITE] = ['postgres/orders', 'postgres/stock', PATHS.sqlcConfig, 'sqlite/orders'];
const BASELINE = `${PATHS.ordersMigrations}/00000000000000_initial_schema.sql`;
const bench = useBench();

/** A memory that also writes down which steps were made. */
function watched(own: string, identity = 'dbcheck'): StepMemory & { readonly made: string[] } {
  const memory = stepMemory({ own, shared: null, writesShared: false, identity });
  const made: string[] = [];
  return {
    made,
    countCached: memory.countCached,
    keeps: memory.keeps,
    doubt: () => {},
    close: memory.close,
    get isProven() {
      return memory.isProven;
    },
    get problem() {
      return memory.problem;
    },
    remembered: (step) =>
      memory.remembered({
        ...step,
        make: () => {
          made.push(...step.targets.map((target) => `${step.step} ${target}`));
          return step.make();
        },
      }),
  };
}

const SERVER: Partial<Providers> = { serverIdentity: async () => 'embedded 15 abc' };

describe('a step that was made before', () => {
  let store = '';
  beforeAll(async () => {
    store = await mkdtemp(join(tmpdir(), 'dbcheck-test-'));
    const memory = watched(store);
    await bench.regenerate(SHOP, { ...SERVER, memory });
    expect(memory.made).toHaveLength(6);
  });

  afterAll(() => rm(store, { recursive: true, force: true }));

  it('is not made again, starts no server, and gives the same files', async () => {
    const memory = watched(store);
    const server = () => Promise.reject(new Error('a server is asked for'));
    const again = await bench.regenerate(SHOP, { ...SERVER, memory, server });
    expect(memory.made).toEqual([]);
    const anew = await bench.regenerate(SHOP);
    for (const id of [ORDERS, STOCK, CODE, LITE]) expect(madeBy(again, id)).toEqual(madeBy(anew, id));
  });

  it('is known, made and kept alike where its code is fresh, whose bytes are not held', async () => {
    const all = madeBy(await bench.regenerate(SHOP), CODE);
    const isFresh = (path: string) => path.endsWith('models.go');
    const [fresh, others] = [
      Object.keys(all).filter(isFresh),
      Object.entries(all).filter(([path]) => !isFresh(path)),
    ];
    expect(fresh).toHaveLength(1);
    const own = await temporaryFolder();
    for (const memory of [noMemory(), watched(own), watched(own)]) {
      const made = await bench.regenerate(SHOP, { ...SERVER, memory }, isFresh);
      expect(madeBy(made, CODE)).toEqual(Object.fromEntries(others));
      expect(resultOf(made, CODE)).toMatchObject({ fresh: new Set(fresh) });
    }
    const again = await bench.regenerate(SHOP, { ...SERVER, memory: watched(own) });
    expect(madeBy(again, CODE)).toEqual(all);
  });

  const wider = ORDERS_HCL.replace('varchar(16)', 'varchar(17)');
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a comment of the schema, which changes no output',
      { [PATHS.ordersHcl]: `${ORDERS_HCL}# x\n` },
      ['plan', 'extract'],
    ],
    ['the schema', { [PATHS.ordersHcl]: wider }, ['plan', 'extract', 'convert', 'sqlc']],
    ['a query', { [PATHS.orderQueries]: `${QUERIES}\n-- x\n` }, ['sqlc']],
    ['the sqlc configuration', { [PATHS.sqlcConfig]: `${SQLC_CONFIG}# x\n` }, ['sqlc']],
    [
      'the style of the baseline',
      { [BASELINE]: 'CREATE TABLE "x" (\n\t"id" int\n);\n' },
      ['plan', 'extract', 'convert', 'sqlc'],
    ],
    [
      'the name of the baseline, which stands in the tree of sqlc',
      { 'tools/atlas/migrations/postgres/orders/1_x.sql': 'CREATE TABLE "x" (\n  "id" int\n);\n' },
      ['plan', 'extract', 'sqlc'],
    ],
    ['an override', { 'tools/sqlc/schemas/sqlite/overrides/orders/x.sql': '-- x\n' }, ['convert']],
    ['a committed output, which nothing reads', { [PATHS.ordersSchema]: '-- x\n' }, []],
  ])('is made again with what reads it, and nothing else, after a change of %s', async (_, change, steps) => {
    const memory = watched(store);
    await bench.regenerate({ ...SHOP, ...change }, { ...SERVER, memory });
    const targets = { plan: ORDERS, extract: ORDERS, convert: LITE, sqlc: CODE };
    expect(memory.made.toSorted()).toEqual(
      Object.entries(targets)
        .flatMap(([step, target]) => (steps.includes(step) ? [`${step} ${target}`] : []))
        .toSorted(),
    );
  });

  it('is made again with another Atlas, sqlc, server or dbcheck', async () => {
    const another = async (name: 'atlas' | 'sqlc', changed: string) => {
      const tool = await bench[name]();
      return name === changed ? { ...tool, digest: `${tool.digest}0` } : tool;
    };
    const made = async (changes: Partial<Providers>, identity?: string) => {
      const memory = watched(store, identity);
      await bench.regenerate(SHOP, { ...SERVER, ...changes, memory });
      return [...new Set(memory.made.map((step) => step.split(' ')[0]))].toSorted();
    };
    expect(await made({ tool: (name) => another(name, 'atlas') })).toEqual(['extract', 'plan']);
    expect(await made({ tool: (name) => another(name, 'sqlc') })).toEqual(['sqlc']);
    expect(await made({ serverIdentity: async () => 'embedded 16 abc' })).toEqual(['extract', 'plan']);
    expect(await made({}, 'another dbcheck')).toEqual(['convert', 'extract', 'plan', 'sqlc']);
  });

  it('is made each time with a script for a tool or a given server', async () => {
    const script = async (name: 'atlas' | 'sqlc') => ({ ...(await bench[name]()), digest: 'unproven:1' });
    for (let run = 0; run < 2; run += 1) {
      const memory = watched(store);
      await bench.regenerate(SHOP, { ...SERVER, tool: script, memory });
      expect(memory.made).toHaveLength(5);
      expect(memory.isProven).toBe(false);
    }
    const memory = watched(store);
    await bench.regenerate(SHOP, { serverIdentity: async () => null, memory });
    expect(memory.made.toSorted()).toEqual(
      [STOCK, ORDERS].flatMap((id) => [`extract ${id}`, `plan ${id}`]).toSorted(),
    );
    expect(memory.isProven).toBe(false);
  });
});

describe('what a generator refuses', () => {
  it('is asked each time', async () => {
    const store = join(await temporaryFolder(), 'store');
    const tree = { ...SHOP, [PATHS.orderQueries]: '-- name: X :one\nSELECT nothing FROM nowhere;\n' };
    await bench.regenerate(tree, { ...SERVER, memory: watched(store) });
    const memory = watched(store);
    await bench.regenerate(tree, { ...SERVER, memory });
    expect(memory.made).toEqual([`sqlc ${CODE}`]);
  });
});
