import { expect, onTestFinished, test } from 'vitest';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { expectExit, freshShop } from '../shop.ts';
import { toolThatActs } from './acting-tool.ts';

test('fix keeps an orphan that is edited while it regenerates', async () => {
  const shop = await freshShop(await querySources());
  onTestFinished(() => shop.remove());
  const { users, usersCode } = QUERY_PATHS;
  const edit = `echo '// of nobody else' >> ${usersCode}`;
  await shop.write({
    'dbcheck.config.yaml': await toolThatActs(shop, 'sqlc', 'generate', edit),
    [users]: null,
  });
  const { stdout } = expectExit(await shop.dbcheck(['fix']), 1);
  expect(stdout).toContain(`kept ${usersCode}: its bytes are neither in HEAD nor in the index`);
  expect((await shop.read(usersCode)).toString()).toMatch(/\/\/ of nobody else\n$/);
});
