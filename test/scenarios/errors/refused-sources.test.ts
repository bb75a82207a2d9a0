import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Files } from '../../support/repository.ts';
import { QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
import { copyOf, freshShop, type Shop } from '../shop.ts';
import { expectError, expectUncommittable } from './expect-error.ts';

const BROKEN = USER_QUERIES.replace('FROM users', 'FROM uses');
const RULE_OFF = 'rules: {query/invalid: off}\n';
const IGNORED = `ignore: [{rule: query/invalid, path: '${QUERY_PATHS.users}', reason: known}]\n`;

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function staged(files: Files): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write(files);
  await shop.git('add', '--all');
  return shop;
}

describe('a query that sqlc refuses', () => {
  const error = {
    code: 'sources-refused',
    message: /sqlc_postgres\.yml could not be checked[\s\S]*"uses" does not exist/,
    hint: /switch the rule on/,
    place: `${QUERY_PATHS.users}:1:1`,
  };

  test.each([
    ['whose rule is off', RULE_OFF],
    ['whose rule only warns', 'rules: {query/invalid: warning}\n'],
    ['that is ignored', IGNORED],
  ])('%s is no pass, for nothing was held against anything', async (_, config) => {
    const shop = await staged({ 'dbcheck.config.yaml': config, [QUERY_PATHS.users]: BROKEN });
    await expectError(shop, ['staged'], error);
    await expectUncommittable(shop, 'sources-refused');
  });

  test('is a finding where its rule speaks', async () => {
    const shop = await staged({ [QUERY_PATHS.users]: BROKEN });
    const report = await shop.staged();
    expect(report).toMatchObject({ outcome: 'findings', errors: [] });
    expect(report.diagnostics.map(({ rule }) => rule)).toEqual(['query/invalid']);
  });
});
