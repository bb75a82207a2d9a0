import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  copyOf,
  expectExit,
  freshShop,
  ORDERS_HCL,
  PATHS,
  type Shop,
  shopSources,
} from '../scenarios/shop.ts';
import { givenAtlas } from './given-atlas.ts';

describe('commits under the given Atlas', () => {
  let fresh: Shop;
  beforeAll(async () => {
    const config = `tools: {atlas: {command: ${await givenAtlas()}}}\n`;
    fresh = await freshShop({ ...(await shopSources()), 'dbcheck.config.yaml': config });
  });
  afterAll(() => fresh.remove());

  async function changed(path: string, text: string | null): Promise<Shop> {
    const shop = await copyOf(fresh);
    onTestFinished(() => shop.remove());
    await shop.write({ [path]: text });
    await shop.git('add', '--all');
    return shop;
  }

  async function expectRefusedThenMended(shop: Shop, rules: readonly string[]): Promise<void> {
    const report = await shop.staged();
    const roots = report.diagnostics.filter(({ folded }) => !folded);
    expect(roots.map(({ rule }) => rule)).toEqual(rules);
    expect((await shop.commitStaged()).exitCode).toBe(1);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    const made = await shop.commitStaged();
    expect(`${made.exitCode} ${made.stderr}`).toMatch(/^0 /);
    expectExit(await shop.dbcheck(['check']), 0);
  }

  test.each([
    ['a wider column', ORDERS_HCL.replace('varchar(16)', 'varchar(20)')],
    ['one more value in a CHECK on varchar', ORDERS_HCL.replace("'sent'", "'sent', 'lost'")],
    ['another default', ORDERS_HCL.replace('now()', 'clock_timestamp()')],
  ])('%s is stale until it is mended', async (_, text) => {
    await expectRefusedThenMended(await changed(PATHS.ordersHcl, text), ['migration/stale']);
  });

  test('a second migration beside the baseline is refused', async () => {
    const second = `${PATHS.ordersMigrations}/20300101000000_second.sql`;
    const shop = await changed(second, 'ALTER TABLE "orders" ADD COLUMN "note" text;\n');
    expect((await shop.staged()).diagnostics.filter(({ folded }) => !folded)).toMatchObject([
      { rule: 'migration/multiple-baselines', location: { path: second } },
    ]);
    expect((await shop.commitStaged()).exitCode).toBe(1);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect(await shop.git('diff', '--cached', '--name-only')).toBe('');
  });

  test.each([
    [
      'that is none',
      ORDERS_HCL.replace('type = timestamptz', 'type timestamptz').replace(
        'type    = timestamptz',
        'type timestamptz',
      ),
    ],
    ['of an unknown type', ORDERS_HCL.replace('varchar(16)', 'varkar(16)')],
    ['with a CHECK on no column', ORDERS_HCL.replace("status IN ('open'", "stat IN ('open'")],
  ])('HCL %s is a finding at its place', async (_, text) => {
    const shop = await changed(PATHS.ordersHcl, text);
    const report = await shop.staged();
    expect(report).toMatchObject({ outcome: 'findings', errors: [] });
    expect(report.diagnostics).toMatchObject([
      { rule: 'schema/invalid', location: { path: PATHS.ordersHcl, line: expect.any(Number) } },
    ]);
    expect(report.diagnostics[0]?.location.line).toBeGreaterThan(1);
  });

  test('HCL that is not formatted is refused and mended', async () => {
    const shop = await changed(PATHS.ordersHcl, ORDERS_HCL.replace('  type = bigint', '  type   =   bigint'));
    const report = await shop.staged();
    expect(report.diagnostics).toMatchObject([{ rule: 'schema/unformatted' }]);
    expect((await shop.commitStaged()).exitCode).toBe(1);
    expectExit(await shop.dbcheck(['fmt', PATHS.ordersHcl]), 0);
    await shop.git('add', '--all');
    expect(await shop.git('diff', '--cached', '--name-only')).toBe('');
  });

  test('a version that is asked for is held', async () => {
    const shop = await changed(
      'dbcheck.config.yaml',
      `tools: {atlas: {command: ${await givenAtlas()}, version: v0.0.1}}\n`,
    );
    const report = await shop.staged();
    expect(report).toMatchObject({ outcome: 'error', errors: [{ code: 'tool-version' }] });
  });
});
