import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

const CRLF = (text: string) => text.replaceAll('\n', '\r\n');

/** A copy that is checked out anew under a setting, as a clone on such a machine is. */
async function checkedOut(autocrlf: string, attributes: string | null = null): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  if (attributes !== null) await shop.commit({ '.gitattributes': attributes });
  await shop.git('config', 'core.autocrlf', autocrlf);
  await shop.git('rm', '-rq', '--cached', '.');
  await shop.git('reset', '-q', '--hard');
  return shop;
}

describe.each([['false'], ['input'], ['true']])('core.autocrlf=%s', (autocrlf) => {
  test('changes no verdict, and a mend leaves a clean work tree', async () => {
    const shop = await checkedOut(autocrlf);
    const ends = autocrlf === 'true' ? CRLF : (text: string) => text;
    const code = (await fresh.read(QUERY_PATHS.usersCode)).toString();
    expect((await shop.read(QUERY_PATHS.usersCode)).toString()).toBe(ends(code));
    for (const args of [['staged'], ['check'], ['fix']]) expectExit(await shop.dbcheck(args), 0);
    expect(await shop.git('status', '--porcelain')).toBe('');

    await shop.write({ [QUERY_PATHS.users]: ends(ONE_MORE_USER_QUERY) });
    await shop.git('add', '--all');
    expect((await shop.staged()).diagnostics.map(({ rule }) => rule)).toEqual(['generated/stale']);
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect((await shop.commitStaged()).exitCode).toBe(0);
    expectExit(await shop.dbcheck(['check']), 0);
    expect(await shop.git('status', '--porcelain')).toBe('');
    expect(await shop.git('show', `HEAD:${QUERY_PATHS.usersCode}`)).not.toContain('\r');
  });

  test('and sources with CRLF in the commit are judged by their bytes', async () => {
    const shop = await checkedOut('false');
    await shop.write({ [QUERY_PATHS.users]: CRLF(ONE_MORE_USER_QUERY) });
    await shop.git('add', '--all');
    expectExit(await shop.dbcheck(['fix', '--stage']), 0);
    expect((await shop.commitStaged()).exitCode).toBe(0);
    await shop.git('config', 'core.autocrlf', autocrlf);
    for (const args of [['staged'], ['check'], ['fix']]) expectExit(await shop.dbcheck(args), 0);
    // Generated code whose ends of lines differ is not what the generator makes.
    const code = (await shop.read(QUERY_PATHS.usersCode)).toString().replaceAll('\r', '');
    await shop.git('config', 'core.autocrlf', 'false');
    await shop.write({ [QUERY_PATHS.usersCode]: CRLF(code) });
    await shop.git('add', '--all');
    await shop.git('config', 'core.autocrlf', autocrlf);
    const rules = (await shop.staged()).diagnostics.map(({ rule }) => rule);
    expect(rules).toEqual(['generated/hand-edited']);
  });
});

test('eol=crlf in .gitattributes changes what is on disk alone', async () => {
  const shop = await checkedOut('false', '*.go text eol=crlf\n*.sql text eol=crlf\n');
  expect((await shop.read(QUERY_PATHS.usersCode)).toString()).toContain('\r\n');
  for (const args of [['staged'], ['check'], ['fix']]) expectExit(await shop.dbcheck(args), 0);
  expect(await shop.git('status', '--porcelain')).toBe('');
});
