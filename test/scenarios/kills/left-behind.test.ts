import { readdir, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryName } from '../../../src/git/temporary-file.ts';
import { currentOwner, formatOwner } from '../../../src/process/owner.ts';
import { querySources } from '../query-shop.ts';
import { expectExit, freshShop } from '../shop.ts';

test('what a run left beside the index when it had done all else is gone after a run that has nothing to write', async () => {
  const shop = await freshShop(await querySources());
  onTestFinished(() => shop.remove());
  const { host } = await currentOwner();
  const gone = formatOwner({ pid: process.pid, start: '00000000', host });
  const left = (await temporaryName()).replace(formatOwner(await currentOwner()), gone);
  await writeFile(shop.path(`.git/${left}`), 'an index');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expect(await readdir(shop.path('.git'))).not.toContain(left);
});
