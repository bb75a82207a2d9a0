import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, expectExit, freshShop, ORDERS_HCL, PATHS, type Shop } from '../shop.ts';
import { generatedScenarios } from './generated-scenarios.ts';
import { expectClean, play, rulesOf, stage } from './scenario.ts';
import { POSTGRES } from './shop-dialect.ts';

const DB = `${PATHS.store}/db.go`;
const OLD_CODE = 'internal/old/db.go';

describe('a commit with generated files that are not what the steps make', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of generatedScenarios(POSTGRES)) it(scenario.name, () => play(scenario, shop));

  it('generated/unclaimed: lets the commit pass, and says so', async () => {
    const copy = await copyOf(shop);
    const code = (await copy.read(DB)).toString();
    await stage(copy, { [OLD_CODE]: code, [PATHS.ordersHcl]: `# Orders and where they go.\n${ORDERS_HCL}` });
    const report = await copy.staged();
    expect(report).toMatchObject({ outcome: 'clean', errors: [] });
    expect(report.diagnostics).toMatchObject([
      {
        rule: 'generated/unclaimed',
        severity: 'warning',
        location: { path: OLD_CODE, line: null, column: null },
        folded: false,
        diff: null,
      },
    ]);
    const passed = await copy.commitStaged();
    expect(passed.exitCode).toBe(0);
    expect(rulesOf(passed.stderr)).toEqual(new Set(['generated/unclaimed']));
    expect(passed.stderr).toContain(`warning[generated/unclaimed]: `);
    expect(passed.stderr).toContain(OLD_CODE);

    // It is never touched.
    const checked = expectExit(await copy.dbcheck(['check']), 0);
    expect(checked.stdout).toContain('warning[generated/unclaimed]');
    expectExit(await copy.dbcheck(['fix']), 0);
    expect(await copy.git('status', '--porcelain')).toBe('');
    await copy.git('rm', '--quiet', OLD_CODE);
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy, { [OLD_CODE]: null });
    await copy.remove();
  });
});
