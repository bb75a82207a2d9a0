import { expect, onTestFinished, test } from 'vitest';
import { QUERY_PATHS, querySources, USER_QUERIES } from '../query-shop.ts';
import { expectExit, freshShop } from '../shop.ts';

const TABLES = 5000;

function schema(type: string): string {
  const users = 'CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);\n';
  const others = Array.from({ length: TABLES - 1 }, (_, at) => {
    const last = at === TABLES - 2 ? type : 'text';
    return `CREATE TABLE table_${at} (id bigint PRIMARY KEY, name ${last} NOT NULL);\n`;
  });
  return users + others.join('');
}

test('a schema of five thousand tables is judged to its last column', async () => {
  const shop = await freshShop({
    ...(await querySources()),
    ...{ [QUERY_PATHS.schema]: schema('text'), [QUERY_PATHS.users]: USER_QUERIES, [QUERY_PATHS.posts]: null },
  });
  onTestFinished(() => shop.remove());
  expectExit(await shop.dbcheck(['check']), 0);
  const models = (await shop.read(`${QUERY_PATHS.out}/models.go`)).toString();
  expect(models.match(/^type \w+ struct/gm)).toHaveLength(TABLES);

  await shop.write({ [QUERY_PATHS.schema]: schema('bigint') });
  await shop.git('add', '--all');
  const { diagnostics } = await shop.staged();
  expect(diagnostics.map(({ rule, location }) => [rule, location.path])).toEqual([
    ['generated/stale', `${QUERY_PATHS.out}/models.go`],
  ]);
  expect(diagnostics[0]?.diff?.length).toBeLessThan(10_000);
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expectExit(await shop.dbcheck(['staged']), 0);
});
