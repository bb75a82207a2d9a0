import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { APP_SCHEMA, ONE_MORE_POST_QUERY, QUERY_PATHS, querySources, sqlcYaml } from '../query-shop.ts';
import { expectClean } from '../rules/scenario.ts';
import { copyOf, expectExit, freshShop, type Report, type Shop } from '../shop.ts';
import {
  commitFresh,
  diverged,
  expectOnlyOutputs,
  goOn,
  resolve,
  stopsAtConflicts,
  unmerged,
} from './merging.ts';

/** A second configuration, whose code stands in a folder of its own. */
const MORE = {
  config: 'tools/sqlc/sqlc_sqlite.yml',
  schema: 'tools/sqlc/schemas/sqlite/app.sql',
  queries: 'tools/sqlc/queries/sqlite/notes.sql',
  code: 'internal/lite/notes.sql.go',
} as const;

const NOTE_QUERY = '-- name: GetNote :one\nSELECT * FROM notes WHERE id = ?;\n';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop({
    ...(await querySources()),
    [MORE.config]: sqlcYaml({
      ...{ schema: 'schemas/sqlite/app.sql', queries: 'queries/sqlite', out: '../../internal/lite' },
      name: 'lite',
    }).replace('postgresql', 'sqlite'),
    [MORE.schema]: 'CREATE TABLE notes (id integer PRIMARY KEY, body text NOT NULL);\n',
    [MORE.queries]: NOTE_QUERY,
    'dbcheck.config.yaml': 'rules: {parity/query-missing: off}\n',
  });
});
afterAll(() => fresh.remove());

async function apart(
  main: (shop: Shop) => Promise<void>,
  side: (shop: Shop) => Promise<void>,
): Promise<Shop> {
  const shop = await diverged(fresh, main, side);
  onTestFinished(() => shop.remove());
  return shop;
}

const withoutPosts = (shop: Shop) => commitFresh(shop, { [QUERY_PATHS.posts]: null });
const longTitles = (shop: Shop) =>
  commitFresh(shop, { [QUERY_PATHS.schema]: APP_SCHEMA.replace('title text NOT NULL', 'title text') });

test.each([
  ['here', withoutPosts, longTitles],
  ['there', longTitles, withoutPosts],
])('code whose queries were deleted %s is deleted', async (_, main, side) => {
  const shop = await apart(main, side);
  expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([QUERY_PATHS.postsCode]);
  await expectOnlyOutputs(shop, [QUERY_PATHS.postsCode]);
  expect(await resolve(shop)).toContain(`deleted ${QUERY_PATHS.postsCode} (staged)`);
  await goOn(shop, 'merge');
  await expectClean(shop, { [QUERY_PATHS.postsCode]: null, 'internal/store/models.go': 'sql.NullString' });
});

test.each(['main', 'side'])('code that was deleted alone on %s is made anew', async (branch) => {
  const deletes = async (shop: Shop) => void (await shop.commit({ [QUERY_PATHS.postsCode]: null }));
  const shop = await (branch === 'main' ? apart(deletes, longTitles) : apart(longTitles, deletes));
  expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([QUERY_PATHS.postsCode]);
  expect(await resolve(shop)).toContain(`wrote ${QUERY_PATHS.postsCode} (staged)`);
  await goOn(shop, 'merge');
  await expectClean(shop);
});

const withoutMore = (shop: Shop) =>
  commitFresh(shop, {
    [MORE.config]: null,
    [MORE.code]: null,
    'internal/lite/db.go': null,
    'internal/lite/models.go': null,
  });
const moreNotes = (shop: Shop) =>
  commitFresh(shop, {
    [MORE.queries]: `${NOTE_QUERY}\n-- name: DeleteNote :exec\nDELETE FROM notes WHERE id = ?;\n`,
  });

test.each([
  ['here', withoutMore, moreNotes],
  ['there', moreNotes, withoutMore],
])('code whose configuration was deleted %s is deleted', async (_, main, side) => {
  const shop = await apart(main, side);
  expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([MORE.code]);
  await expectOnlyOutputs(shop, [MORE.code]);
  expect(await resolve(shop)).toContain(`deleted ${MORE.code} (staged)`);
  await goOn(shop, 'merge');
  await expectClean(shop, { [MORE.code]: null });
});

test('what is taken out of a stash follows the sources as well', async () => {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write({ [QUERY_PATHS.posts]: ONE_MORE_POST_QUERY });
  expectExit(await shop.dbcheck(['fix']), 0);
  await shop.git('stash', '--quiet');
  const text = (await shop.read(QUERY_PATHS.postsCode)).toString();
  await shop.commit({
    [QUERY_PATHS.postsCode]: text.replace('const listPosts', '// by hand\nconst listPosts'),
  });
  expect(await stopsAtConflicts(shop, 'stash', 'pop')).toEqual([QUERY_PATHS.postsCode]);
  expect(await resolve(shop)).toContain(`wrote ${QUERY_PATHS.postsCode} (staged)`);
  expectExit(await shop.dbcheck(['staged']), 0);
});

test('a merge that the generator refuses keeps its conflicts until the sources are mended', async () => {
  const shop = await apart(
    (copy) =>
      commitFresh(copy, {
        'tools/sqlc/queries/postgres/a.sql': '-- name: GetName :one\nSELECT name FROM users WHERE id = $1;\n',
        [QUERY_PATHS.posts]: ONE_MORE_POST_QUERY.replace('id, title', 'id, title, user_id'),
      }),
    (copy) =>
      commitFresh(copy, {
        [QUERY_PATHS.schema]: APP_SCHEMA.replace('title text NOT NULL', 'title text').replace(
          'name',
          'label',
        ),
      }),
  );
  expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([QUERY_PATHS.postsCode]);
  const { stdout } = expectExit(await shop.dbcheck(['fix', '--stage', '--format', 'json']), 1);
  const report: Report = JSON.parse(stdout);
  expect(report).toMatchObject({ outcome: 'findings', diagnostics: [{ rule: 'query/invalid' }] });
  expect(await unmerged(shop)).toEqual([QUERY_PATHS.postsCode]);
  await shop.write({ 'tools/sqlc/queries/postgres/a.sql': null });
  await shop.git('add', '--all', '--', 'tools/sqlc/queries');
  await resolve(shop);
  await goOn(shop, 'merge');
  await expectClean(shop);
});

test.each([
  ['dbcheck.config.yaml', 'rules: {query/invalid: error}\n', 'rules: {query/invalid: warning}\n'],
  ['package.json', '{"dbcheck": {}}\n', '{"dbcheck": {"rules": {}}}\n'],
  ['tools/sqlc/go.mod', 'module example.com/a\n', 'module example.com/b\n'],
  [QUERY_PATHS.config, 'version: "2"\n', 'version: "1"\n'],
])('while %s is in conflict nothing is made', async (path, ours, theirs) => {
  const shop = await apart(
    async (copy) => void (await copy.commit({ [path]: ours })),
    async (copy) => void (await copy.commit({ [path]: theirs })),
  );
  expect(await stopsAtConflicts(shop, 'merge', 'side')).toEqual([path]);
  for (const args of [['staged'], ['fix'], ['fix', '--stage']]) {
    const said = expectExit(await shop.dbcheck(args), 2);
    expect(said.stdout).toContain(`error[index-unmerged]`);
    expect(said.stdout).toContain(`--> ${path}\n`);
  }
});
