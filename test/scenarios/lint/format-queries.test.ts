import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyOf, emptyShop, expectExit, PATHS, QUERIES, type Shop, shopSources } from '../shop.ts';

const UNTIDY = QUERIES.replace('SELECT id, status FROM orders', 'SELECT id,   status\nFROM orders');

describe('queries whose layout the configuration asks for', () => {
  let base: Shop;
  let shop: Shop;
  beforeAll(async () => {
    base = await emptyShop();
    await base.commit(await shopSources());
  });
  afterAll(() => base.remove());
  beforeEach(async () => {
    shop = await copyOf(base);
    await shop.write({ 'dbcheck.config.yaml': 'format: {queries: true}\n', [PATHS.orderQueries]: UNTIDY });
    await shop.git('add', '--all');
    return () => shop.remove();
  });

  it('are told, listed, laid out once, and then left alone', async () => {
    expect(expectExit(await shop.dbcheck(['lint']), 0).stdout).toContain(
      `warning[query/unformatted]: ${PATHS.orderQueries} is not`,
    );
    expect(expectExit(await shop.dbcheck(['fmt', '--check']), 1).stdout).toContain(PATHS.orderQueries);
    expect((await shop.read(PATHS.orderQueries)).toString()).toBe(UNTIDY);
    expect(expectExit(await shop.dbcheck(['fmt', PATHS.orderQueries]), 0).stdout).toContain(
      PATHS.orderQueries,
    );
    const laidOut = (await shop.read(PATHS.orderQueries)).toString();
    expect(laidOut).not.toBe(UNTIDY);
    expect(laidOut.match(/^-- name: .*/gm)).toEqual(UNTIDY.match(/^-- name: .*/gm));
    expectExit(await shop.dbcheck(['fmt']), 0);
    expectExit(await shop.dbcheck(['fmt', '--check']), 0);
    expect((await shop.read(PATHS.orderQueries)).toString()).toBe(laidOut);
  });

  it('are left as they are where it does not', async () => {
    await shop.write({ 'dbcheck.config.yaml': null });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fmt']), 0);
    expect((await shop.read(PATHS.orderQueries)).toString()).toBe(UNTIDY);
    expect(expectExit(await shop.dbcheck(['lint']), 0).stdout).not.toContain('query/unformatted');
  });
});
