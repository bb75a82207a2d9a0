import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toolThatActs } from '../races/acting-tool.ts';
import {
  copyOf,
  emptyShop,
  expectExit,
  ORDERS_HCL,
  PATHS,
  QUERIES,
  type Shop,
  STOCK_HCL,
  shopSources,
} from '../shop.ts';

const UNTIDY_ORDERS = ORDERS_HCL.replace('    type = bigint', '  type=bigint');
const UNTIDY_STOCK = STOCK_HCL.replace('    type = text', '  type=text');
const UNTIDY_QUERIES = QUERIES.replace('SELECT id, status FROM', 'SELECT id,   status\nFROM');
const NOTE = '# of nobody else';

describe('fmt', () => {
  let base: Shop;
  let shop: Shop;
  beforeAll(async () => {
    base = await emptyShop();
    await base.commit({
      ...(await shopSources()),
      'dbcheck.config.yaml': 'format: {queries: true}\n',
      [PATHS.ordersHcl]: UNTIDY_ORDERS,
      [PATHS.stockHcl]: UNTIDY_STOCK,
      [PATHS.orderQueries]: UNTIDY_QUERIES,
    });
  });
  afterAll(() => base.remove());
  beforeEach(async () => {
    shop = await copyOf(base);
    return () => shop.remove();
  });

  const read = async (path: string): Promise<string> => (await shop.read(path)).toString();
  const configure = async (words: string, does: string): Promise<void> => {
    const tools = await toolThatActs(shop, 'atlas', words, does);
    await shop.write({ 'dbcheck.config.yaml': `format: {queries: true}\n${tools}` });
    await shop.git('add', 'dbcheck.config.yaml');
  };

  it('formats the files of the targets that are asked for, and no others', async () => {
    const other = await shop.dbcheck(['fmt', '--target', 'postgres/stock']);
    expect(expectExit(other, 0).stdout).toBe(`${PATHS.stockHcl}\n`);
    expect([await read(PATHS.ordersHcl), await read(PATHS.orderQueries)]).toEqual([
      UNTIDY_ORDERS,
      UNTIDY_QUERIES,
    ]);
    const queries = await shop.dbcheck(['fmt', '--target', PATHS.sqlcConfig]);
    expect(expectExit(queries, 0).stdout).toContain(`${PATHS.orderQueries}\n`);
    expect(await read(PATHS.ordersHcl)).toBe(UNTIDY_ORDERS);
    await shop.write({ [PATHS.orderQueries]: UNTIDY_QUERIES });
    const dialect = await shop.dbcheck(['fmt', '--target', 'postgres']);
    expect(expectExit(dialect, 0).stdout).toBe(`${PATHS.ordersHcl}\n${PATHS.orderQueries}\n`);
  });

  it('refuses a target that is none', async () => {
    const answer = await shop.dbcheck(['fmt', '--check', '--target', 'postgres/stok']);
    expect(expectExit(answer, 2).stdout).toMatch(
      /error\[unknown-target\].*\n.*did you mean `postgres\/stock`/,
    );
  });

  it('formats what is edited while Atlas is looked for', async () => {
    await configure(
      'version',
      `printf '${NOTE}\\n' > note; cat ${PATHS.ordersHcl} >> note; cp note ${PATHS.ordersHcl}`,
    );
    expectExit(await shop.dbcheck(['fmt', PATHS.ordersHcl]), 0);
    const hcl = await read(PATHS.ordersHcl);
    expect(hcl.replaceAll(`${NOTE}\n`, '')).toBe(ORDERS_HCL);
    expect(hcl).toContain(NOTE);
  });

  it.each([PATHS.ordersHcl, PATHS.orderQueries])(
    'writes nothing where %s is edited meanwhile',
    async (path) => {
      await configure('schema fmt', `echo '-- of nobody else' >> ${path}`);
      const before = new Map<string, string>();
      const paths = [PATHS.ordersHcl, PATHS.stockHcl, PATHS.orderQueries, PATHS.itemQueries];
      for (const each of paths) before.set(each, await read(each));
      const { stdout, stderr } = expectExit(await shop.dbcheck(['fmt']), 2);
      expect(stdout + stderr).toContain(`error[worktree-changed]: ${path} `);
      expect(stdout + stderr).toContain('next:    run the same command again');
      for (const each of paths) {
        const added = each === path ? '-- of nobody else\n' : '';
        expect(await read(each)).toBe(`${before.get(each)}${added}`);
      }
    },
  );

  it('leaves out what a sparse checkout keeps off the disk', async () => {
    await shop.git('update-index', '--refresh');
    const off = [PATHS.ordersHcl, PATHS.orderQueries, PATHS.itemQueries].map((path) => `!/${path}`);
    await shop.git('sparse-checkout', 'set', '--no-cone', '/*', ...off);
    expect(expectExit(await shop.dbcheck(['fmt', '--check']), 1).stdout).toBe(`${PATHS.stockHcl}\n`);
    expect(expectExit(await shop.dbcheck(['fmt']), 0).stdout).toBe(`${PATHS.stockHcl}\n`);
    expect(await read(PATHS.stockHcl)).toBe(STOCK_HCL);
    await expect(read(PATHS.ordersHcl)).rejects.toThrow('ENOENT');
    await shop.git(
      'sparse-checkout',
      'set',
      '--no-cone',
      '/*',
      '!/tools/atlas/schemas',
      '!/tools/sqlc/queries',
    );
    const nothing = expectExit(await shop.dbcheck(['fmt']), 0);
    expect(nothing.stdout).toBe('');
    expect(nothing.stderr).toMatch(/^left tools\/\S+ and \d more: not on disk\n$/);
  });

  it('and lint take a file through a folder that is a symbolic link', async () => {
    const link = join(shop.root, '../link');
    await symlink(shop.root, link);
    for (const file of [join(link, PATHS.ordersHcl), `../link/${PATHS.ordersHcl}`]) {
      expect(expectExit(await shop.dbcheck(['lint', file]), 1).stdout).toContain(' 1 file read');
      expect(expectExit(await shop.dbcheck(['fmt', '--check', file]), 1).stdout).toBe(`${PATHS.ordersHcl}\n`);
    }
    const inside = join(shop.root, 'schemas');
    await symlink('tools/atlas/schemas', inside);
    const file = 'schemas/postgres/orders.hcl';
    expectExit(await shop.dbcheck(['lint', file]), 1);
    expect(expectExit(await shop.dbcheck(['fmt', file]), 0).stdout).toBe(`${PATHS.ordersHcl}\n`);
    expect(await read(PATHS.ordersHcl)).toBe(ORDERS_HCL);
    await rm(inside);
  });

  it('refuses a file outside of the repository, also where a link in it leads there', async () => {
    await shop.write({ '../outside/orders.hcl': UNTIDY_ORDERS });
    await symlink(join(shop.root, '../outside'), join(shop.root, 'elsewhere'));
    for (const file of ['../outside/orders.hcl', 'elsewhere/orders.hcl']) {
      const { stdout, stderr } = expectExit(await shop.dbcheck(['fmt', file]), 2);
      expect(stdout + stderr).toContain('error[no-such-file]');
      expect(await read('../outside/orders.hcl')).toBe(UNTIDY_ORDERS);
    }
  });
});
