import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Report, type Shop } from '../shop.ts';

const CONFIG = 'dbcheck.config.yaml';
const IGNORE = `ignore:
  - {rule: generated/stale, path: '${QUERY_PATHS.usersCode}', reason: the next release has it}
`;

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function committed(files: Readonly<Record<string, string>>): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.commit(files);
  return shop;
}

async function said(shop: Shop, exitCode: number, ...args: string[]): Promise<readonly string[]> {
  const answer = expectExit(await shop.dbcheck(['check', '--format', 'json', ...args]), exitCode);
  const report: Report = JSON.parse(answer.stdout);
  return report.diagnostics.map(({ rule, severity, location: { path, line, column } }) =>
    [severity, rule, path, line, column].join(' '),
  );
}

const UNUSED = `warning config/unused-ignore ${CONFIG} 2 5`;

describe('an entry of ignore', () => {
  test('that suppresses nothing is warned of where the whole tree was judged, and nowhere else', async () => {
    const shop = await committed({ [CONFIG]: IGNORE });
    expect(await said(shop, 0)).toEqual([UNUSED]);
    expect(await said(shop, 0, '--from', 'HEAD~1')).toEqual([]);
    expect(await said(shop, 0, '--target', QUERY_PATHS.config)).toEqual([]);
    await shop.write({ [CONFIG]: `# more\n${IGNORE}` });
    await shop.git('add', '--all');
    expect((await shop.staged()).diagnostics).toEqual([]);
  });

  test('that suppresses something is not', async () => {
    const shop = await committed({ [CONFIG]: IGNORE, [QUERY_PATHS.users]: ONE_MORE_USER_QUERY });
    expect(await said(shop, 0)).toEqual([]);
  });

  test('says nothing of a tree that could not be judged as a whole', async () => {
    const broken = ONE_MORE_USER_QUERY.replace('FROM users', 'FROM uses');
    const shop = await committed({ [CONFIG]: IGNORE, [QUERY_PATHS.users]: broken });
    expect((await said(shop, 1)).filter((line) => line === UNUSED)).toEqual([]);
  });

  test('blocks where the configuration makes an error of it', async () => {
    const shop = await committed({ [CONFIG]: `${IGNORE}rules: {config/unused-ignore: error}\n` });
    expect(await said(shop, 1)).toEqual([UNUSED.replace('warning', 'error')]);
  });
});
