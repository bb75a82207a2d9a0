import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  copyOf,
  emptyShop,
  expectExit,
  ORDERS_HCL,
  PATHS,
  type Report,
  type Shop,
  shopSources,
} from '../shop.ts';

const BASELINE = 'dbcheck.lint-baseline.json';

describe('dbcheck lint', () => {
  let base: Shop;
  let shop: Shop;
  beforeAll(async () => {
    base = await emptyShop();
    await base.commit(await shopSources());
  });
  afterAll(() => base.remove());
  beforeEach(async () => {
    shop = await copyOf(base);
    return () => shop.remove();
  });

  const report = async (...args: string[]): Promise<Report> => {
    const { stdout, stderr } = await shop.dbcheck(['lint', '--format', 'json', ...args]);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const rename = (from: string, to: string) =>
    shop.write({
      'dbcheck.config.yaml': 'rules: {schema/index-name: error}\n',
      [PATHS.ordersHcl]: ORDERS_HCL.replace(`"${from}"`, `"${to}"`),
    });

  it('finds nothing in a shop that is in order, and says what it read', async () => {
    const { stdout } = expectExit(await shop.dbcheck(['lint']), 0);
    expect(stdout).toMatch(/^✔ Nothing found: 3 targets \(.*\), 5 files read, /);
  });

  it('finds what is wrong in the work tree, at its place, and names the page', async () => {
    await rename('idx_orders_region_id', 'orders_region');
    const { stdout } = expectExit(await shop.dbcheck(['lint']), 1);
    expect(stdout).toContain(`--> ${PATHS.ordersHcl}:30:9`);
    expect(stdout).toContain('dbcheck explain schema/index-name');
    expect(stdout).toContain('next: dbcheck lint --fix mends 1 of them');
    expect(await report()).toMatchObject({
      outcome: 'findings',
      snapshot: { kind: 'worktree' },
      diagnostics: [{ rule: 'schema/index-name', location: { path: PATHS.ordersHcl, line: 30, column: 9 } }],
    });
  });

  it('lets warnings pass, and says what mends them', async () => {
    await shop.write({ [PATHS.ordersHcl]: ORDERS_HCL.replace('"idx_orders_region_id"', '"orders_region"') });
    const { stdout } = expectExit(await shop.dbcheck(['lint']), 0);
    expect(stdout).toContain('Nothing found with 1 warning');
    expect(stdout).toContain('next: dbcheck lint --fix mends 1 of them');
  });

  it('tells of the given files alone, also from a folder below', async () => {
    await rename('idx_orders_region_id', 'orders_region');
    expect((await report(PATHS.stockHcl)).diagnostics).toEqual([]);
    expect((await report(PATHS.ordersHcl)).diagnostics).toHaveLength(1);
    const cwd = `${shop.root}/tools/atlas`;
    expectExit(await shop.dbcheck(['lint', 'schemas/postgres/orders.hcl'], { cwd }), 1);
  });

  it('refuses a file that is no source of a target', async () => {
    await shop.write({ 'notes.hcl': 'a = 1\n' });
    for (const file of ['notes.hcl', 'missing.sql']) {
      const { stdout } = expectExit(await shop.dbcheck(['lint', file]), 2);
      expect(stdout).toContain(`error[not-a-source]: ${file} is no schema, query or migration of a target`);
    }
  });

  it('tells of what a parser can not read, and of the rest', async () => {
    await shop.write({ [PATHS.stockHcl]: 'table "x" {\n  column "y" {\n' });
    await rename('idx_orders_region_id', 'orders_region');
    const rules = (await report()).diagnostics.map(({ rule }) => rule);
    expect(rules).toContain('schema/invalid');
    expect(rules).toContain('schema/index-name');
  });

  it('is exit 2 without Atlas, whose layout is asked for, and not where that rule is off', async () => {
    const config = 'tools: {atlas: {command: nowhere-atlas, version: v1.0.0}}\n';
    await shop.write({ 'dbcheck.config.yaml': config });
    const { stdout } = expectExit(await shop.dbcheck(['lint']), 2);
    expect(stdout).toContain('nowhere-atlas');
    await shop.write({ 'dbcheck.config.yaml': `${config}rules: {schema/unformatted: off}\n` });
    expect(expectExit(await shop.dbcheck(['lint']), 0).stdout).toContain('schema/unformatted');
  });

  describe('--fix', () => {
    it('mends names and layout, says what it did, and is done after one run', async () => {
      await shop.write({
        [PATHS.ordersHcl]: ORDERS_HCL.replace('"idx_orders_region_id"', '"orders_region"')
          .replace('"chk_orders_status"', '"status_is_known"')
          .replace('    type = bigint', '  type=bigint'),
      });
      const { stdout } = expectExit(await shop.dbcheck(['lint', '--fix']), 0);
      expect(stdout).toMatch(/^fixed .*orders\.hcl:30: .*schema\/index-name/m);
      expect(stdout).toMatch(/^fixed .*orders\.hcl:33: .*schema\/check-name/m);
      expect(stdout).toMatch(/^fixed .*orders\.hcl:\d+: .*schema\/unformatted/m);
      expect((await shop.read(PATHS.ordersHcl)).toString()).toBe(ORDERS_HCL);
      expect(expectExit(await shop.dbcheck(['lint', '--fix']), 0).stdout).not.toContain('fixed');
    });

    it('leaves a name that a query uses, and says where', async () => {
      const hcl = ORDERS_HCL.replace('"idx_orders_region_id"', '"orders_region"');
      const queries = (await shop.read(PATHS.orderQueries)).toString();
      const used = `${queries}\n-- name: AddOnce :exec\nINSERT INTO orders (status, region_id) VALUES ($1, $2) ON CONFLICT ON CONSTRAINT orders_region DO NOTHING;\n`;
      await shop.write({ [PATHS.ordersHcl]: hcl, [PATHS.orderQueries]: used });
      const { stdout } = expectExit(await shop.dbcheck(['lint', '--fix', PATHS.ordersHcl]), 0);
      const line = used.split('\n').findIndex((text) => text.includes('ON CONSTRAINT')) + 1;
      expect(stdout).toContain(`left ${PATHS.ordersHcl}:30: `);
      expect(stdout).toContain(`${PATHS.orderQueries}:${line} names orders_region`);
      expect(stdout).not.toContain('next: dbcheck lint --fix');
      expect(stdout).not.toContain('fixed');
      expect((await shop.read(PATHS.ordersHcl)).toString()).toBe(hcl);
      expect((await shop.read(PATHS.orderQueries)).toString()).toBe(used);
    });

    it('leaves alone what it is not sure of', async () => {
      const broken = 'table "x" {\n  column "y" {\n';
      await shop.write({ [PATHS.stockHcl]: broken });
      expectExit(await shop.dbcheck(['lint', '--fix']), 1);
      expect((await shop.read(PATHS.stockHcl)).toString()).toBe(broken);
    });
  });

  describe('--write-baseline', () => {
    it('keeps what is found as known, and tells what is new', async () => {
      await rename('idx_orders_region_id', 'orders_region');
      const { stderr } = expectExit(await shop.dbcheck(['lint', '--write-baseline']), 0);
      expect(stderr).toContain(`wrote 1 finding to ${BASELINE}`);
      const { stdout } = expectExit(await shop.dbcheck(['lint']), 0);
      expect(stdout).toContain(`1 known finding in ${BASELINE}`);

      // Lines may move; another finding of the same rule is new.
      const moved = (await shop.read(PATHS.ordersHcl))
        .toString()
        .replace('table "orders"', '\n\ntable "orders"');
      await shop.write({ [PATHS.ordersHcl]: moved.replace('"idx_regions_code"', '"code"') });
      const found = (await report()).diagnostics.filter(({ rule }) => rule === 'schema/index-name');
      expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('code')]);
    });

    it('says when what is known is mended', async () => {
      await rename('idx_orders_region_id', 'orders_region');
      expectExit(await shop.dbcheck(['lint', '--write-baseline']), 0);
      await shop.write({ [PATHS.ordersHcl]: ORDERS_HCL });
      expect(await report()).toMatchObject({
        outcome: 'clean',
        diagnostics: [{ rule: 'config/unused-ignore', severity: 'warning', location: { path: BASELINE } }],
      });
      expectExit(await shop.dbcheck(['lint', '--write-baseline']), 0);
      expect((await report()).diagnostics).toEqual([]);
    });

    it('is about all sources', async () => {
      const { stdout } = expectExit(await shop.dbcheck(['lint', '--write-baseline', PATHS.ordersHcl]), 2);
      expect(stdout).toContain('error[whole-tree-only]');
    });

    it('is refused where somebody broke it', async () => {
      await shop.write({ [BASELINE]: '{"version": 1, "findings": [{"rule": "a"}]}\n' });
      const { stdout } = expectExit(await shop.dbcheck(['lint']), 2);
      expect(stdout).toContain(`--> ${BASELINE}`);
      expect(stdout).toContain('dbcheck lint --write-baseline');
    });
  });
});
