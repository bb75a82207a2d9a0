import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toolThatActs } from '../races/acting-tool.ts';
import {
  copyOf,
  emptyShop,
  expectExit,
  ORDERS_HCL,
  PATHS,
  type Shop,
  STOCK_HCL,
  shopSources,
} from '../shop.ts';

const UNTIDY = ORDERS_HCL.replace('"idx_orders_region_id"', '"orders_region"');
const NOTE = '# of nobody else\n';

describe('lint --fix', () => {
  let base: Shop;
  let shop: Shop;
  beforeAll(async () => {
    base = await emptyShop();
    await base.commit({ ...(await shopSources()), [PATHS.ordersHcl]: UNTIDY });
  });
  afterAll(() => base.remove());
  beforeEach(async () => {
    shop = await copyOf(base);
    return () => shop.remove();
  });

  const read = async (path: string): Promise<string> => (await shop.read(path)).toString();

  it.each(['--assume-unchanged', '--skip-worktree'])('leaves an edit that %s hides', async (flag) => {
    await shop.git('update-index', flag, PATHS.ordersHcl);
    await shop.write({ [PATHS.ordersHcl]: `${UNTIDY}${NOTE}` });
    const { stdout } = expectExit(await shop.dbcheck(['lint', '--fix']), 0);
    expect(await read(PATHS.ordersHcl)).toBe(`${UNTIDY}${NOTE}`);
    expect(stdout).not.toContain('fixed');
    expect(stdout).toMatch(/^left .*orders\.hcl:30: .*schema\/index-name/m);
    const cure = ['update-index', flag.replace('--', '--no-'), '--', PATHS.ordersHcl];
    expect(stdout).toContain(`git ${cure.join(' ')} (`);

    await shop.git(...cure);
    expect(expectExit(await shop.dbcheck(['lint', '--fix']), 0).stdout).toContain('fixed');
    expect(await read(PATHS.ordersHcl)).toBe(`${ORDERS_HCL}${NOTE}`);
  });

  it('leaves a file that is edited while Atlas is looked for, and mends the others', async () => {
    const edit = `echo '${NOTE.trim()}' >> ${PATHS.ordersHcl}`;
    await shop.write({
      'dbcheck.config.yaml': await toolThatActs(shop, 'atlas', 'schema fmt', edit),
      [PATHS.stockHcl]: STOCK_HCL.replace('    type = text', '  type=text'),
    });
    const { stdout } = expectExit(await shop.dbcheck(['lint', '--fix']), 0);
    expect(stdout).toMatch(/^left .*orders\.hcl:30: .*schema\/index-name/m);
    expect(stdout).toContain('dbcheck lint --fix');
    expect(await read(PATHS.ordersHcl)).toMatch(new RegExp(`(${NOTE})+$`));
    expect(await read(PATHS.ordersHcl)).toContain('"orders_region"');
    expect(stdout).toMatch(/^fixed .*stock\.hcl:/m);
    expect(await read(PATHS.stockHcl)).toBe(STOCK_HCL);
  });

  it('leaves what a sparse checkout keeps off the disk', async () => {
    await shop.git('update-index', '--refresh');
    await shop.git('sparse-checkout', 'set', '--no-cone', '/*', `!/${PATHS.ordersHcl}`);
    const { stdout } = expectExit(await shop.dbcheck(['lint', '--fix']), 0);
    expect(stdout).toContain(`git checkout --ignore-skip-worktree-bits -- ${PATHS.ordersHcl}`);
    await expect(shop.read(PATHS.ordersHcl)).rejects.toThrow('ENOENT');
  });

  it('mends what has other line ends on disk than in git', async () => {
    await shop.commit({ '.gitattributes': '*.hcl text\n' });
    await shop.write({ [PATHS.ordersHcl]: UNTIDY.replaceAll('\n', '\r\n') });
    expect(expectExit(await shop.dbcheck(['lint', '--fix']), 0).stdout).toContain('fixed');
    expect(await read(PATHS.ordersHcl)).toBe(ORDERS_HCL);
  });
});
