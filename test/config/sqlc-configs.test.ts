import { expect, test } from 'vitest';
import { loadProject } from '../../src/config/load.ts';
import { findSqlcConfigs } from '../../src/config/sqlc-configs.ts';
import { filesInMemory } from './files-in-memory.ts';
import { thrownBy } from './thrown.ts';

const listing = (...paths: string[]) => paths.map((path) => ({ path, mode: '100644' }));

function project(text: string | null, dir = '') {
  const file = dir === '' ? 'dbcheck.config.yaml' : `${dir}/dbcheck.config.yaml`;
  const files = filesInMemory(text === null ? {} : { [file]: text });
  return loadProject(files, { cwdPrefix: dir, explicit: null, env: {} });
}

test('the default pattern finds a configuration for each dialect, or none', async () => {
  const found = project(null);
  expect(
    findSqlcConfigs(await found, listing('a.yml', 'tools/sqlc/sqlc_mysql.yml', 'tools/sqlc/sqlc_other.yml')),
  ).toEqual(['tools/sqlc/sqlc_mysql.yml']);
  expect(findSqlcConfigs(await found, listing('a.yml'))).toEqual([]);
});

test('fifty configurations in fifty folders, each once', async () => {
  const paths = Array.from({ length: 50 }, (_, index) => `services/s${index}/sqlc.yaml`).toSorted();
  const found = await project("sqlc:\n  configs: ['services/*/sqlc.yaml', '**/sqlc.yaml']\n");
  expect(findSqlcConfigs(found, listing(...paths))).toEqual(paths);
});

test('a named pattern with {dialect} has to match for one dialect', async () => {
  const found = await project("sqlc:\n  configs:\n    - 'sqlc_{dialect}.yml'\n", 'web');
  expect(findSqlcConfigs(found, listing('web/sqlc_sqlite.yml'))).toEqual(['web/sqlc_sqlite.yml']);
  expect(await thrownBy(() => findSqlcConfigs(found, listing('sqlc_sqlite.yml')))).toEqual({
    code: 'pattern-matches-nothing',
    text: 'web/dbcheck.config.yaml:3:7: `sqlc_{dialect}.yml` in `sqlc.configs` matches no file',
    hint: 'correct the pattern or remove it; a new file has to be staged with `git add` first',
  });
});

test('a pattern that matches is no excuse for one that does not', async () => {
  const found = await project("sqlc: {configs: ['a.yml', 'b.yml']}\n");
  expect((await thrownBy(() => findSqlcConfigs(found, listing('a.yml')))).text).toBe(
    'dbcheck.config.yaml:1:27: `b.yml` in `sqlc.configs` matches no file',
  );
});

test('what is left out of the scan is named', async () => {
  const found = await project("sqlc: {configs: ['*/sqlc.yaml']}\n");
  expect(await thrownBy(() => findSqlcConfigs(found, listing('one/go.mod', 'one/sqlc.yaml')))).toEqual({
    code: 'pattern-matches-nothing',
    text: 'dbcheck.config.yaml:1:18: `*/sqlc.yaml` in `sqlc.configs` matches nothing that is looked at: `one/sqlc.yaml` lies in the nested Go module `one/`',
    hint: 'write out its folder in `sqlc.configs`, without a wildcard, if it belongs to this project',
  });
});

test('an empty list means no sqlc', async () => {
  const found = await project('sqlc: {configs: []}\n');
  expect(findSqlcConfigs(found, listing('tools/sqlc/sqlc_mysql.yml'))).toEqual([]);
});

test('a configuration that is a symbolic link is not followed', async () => {
  const found = await project('sqlc: {configs: [sqlc.yaml]}\n');
  const { text } = await thrownBy(() => findSqlcConfigs(found, [{ path: 'sqlc.yaml', mode: '120000' }]));
  expect(text).toContain('`sqlc.yaml` is a symbolic link');
});
