import { expect, test } from 'vitest';
import { affectedTargets } from '../../src/plan/affected.ts';
import type { SqlcSteps } from '../../src/plan/steps.ts';
import { configsOf, laidOut, type Tree } from './laid-out.ts';

const CONFIG = 'tools/sqlc/all.yml';
const hcl = (name: string) => `tools/atlas/schemas/postgres/${name}.hcl`;
const entry = (name: string, out = name) => `  - engine: postgresql
    schema: schemas/postgres/${name}.sql
    queries: queries/${name}
    gen: {go: {package: p, out: ../../gen/${out}}}
`;
const config = (...entries: readonly string[]) => `version: "2"\nsql:\n${entries.join('')}`;

function tree(text: string): Tree {
  return {
    'dbcheck.config.yaml': `sqlc: {configs: ["${CONFIG}"]}\n`,
    ...Object.fromEntries(
      ['a', 'b', 'c'].flatMap((name) => [
        [hcl(name), ''],
        [`tools/sqlc/queries/${name}/q.sql`, ''],
      ]),
    ),
    [CONFIG]: text,
  };
}

async function affected(text: string, paths: readonly string[], headText = text) {
  const laid = await laidOut(tree(text));
  const headConfigs = headText === text ? laid.configs : await configsOf(laid.project, tree(headText));
  const { project, graph } = laid;
  const found = affectedTargets({ project, graph, headConfigFile: null, headConfigs }, paths);
  const sqlc = found
    .map(({ target }) => target)
    .find((target): target is SqlcSteps => target.kind === 'sqlc');
  return {
    ids: found.map(({ target }) => target.id),
    entries: sqlc?.config.entries.map(({ index }) => index) ?? [],
  };
}

const THREE = config(entry('a'), entry('b'), entry('c'));

test('A schema concerns the entries that read it, and these need no other database', async () => {
  expect(await affected(THREE, [hcl('b')])).toEqual({ ids: ['postgres/b', CONFIG], entries: [1] });
});

test.each([
  ['a query', 'tools/sqlc/queries/c/q.sql'],
  ['a query that is gone', 'tools/sqlc/queries/c/gone.sql'],
  ['an output', 'gen/c/q.sql.go'],
])('%s concerns its own entry', async (_, path) => {
  expect(await affected(THREE, [path])).toEqual({ ids: ['postgres/c', CONFIG], entries: [2] });
});

test('Two changes concern the entries of both', async () => {
  const found = await affected(THREE, [hcl('a'), 'gen/c/q.sql.go']);
  expect(found).toEqual({ ids: ['postgres/a', 'postgres/c', CONFIG], entries: [0, 2] });
});

test('Entries that write into one folder go together', async () => {
  const found = await affected(config(entry('a', 'ab'), entry('b', 'ab'), entry('c')), [hcl('a')]);
  expect(found).toEqual({ ids: ['postgres/a', 'postgres/b', CONFIG], entries: [0, 1] });
});

test('A changed configuration, and one that HEAD has otherwise, is judged whole', async () => {
  const whole = { ids: ['postgres/a', 'postgres/b', 'postgres/c', CONFIG], entries: [0, 1, 2] };
  expect(await affected(THREE, [CONFIG])).toEqual(whole);
  const elsewhere = config(entry('a', 'elsewhere'), entry('b'), entry('c'));
  expect(await affected(THREE, [CONFIG, 'gen/elsewhere/q.sql.go'], elsewhere)).toEqual(whole);
});

test('The pinned sqlc concerns all entries', async () => {
  expect((await affected(THREE, ['tools/sqlc/go.mod'])).entries).toEqual([0, 1, 2]);
});

test('A configuration that changed concerns all of its entries, also where it lies in the folder of one', async () => {
  const others = entry('b').replace('schemas/postgres/b.sql', 'schema.sql');
  const text = config(entry('a', '..'), others).replace('../../gen/..', '../..');
  expect((await affected(text, [CONFIG])).entries).toEqual([0, 1]);
});

test('A database that is gone concerns all entries of the configuration that HEAD read it by', async () => {
  const laid = await laidOut(without(hcl('a'), tree(THREE)), tree(THREE));
  const { project, graph, configs } = laid;
  const closure = { project, graph, headConfigFile: null, headConfigs: configs };
  const found = affectedTargets(closure, [hcl('a')]);
  const sqlc = found.flatMap(({ target }) => (target.kind === 'sqlc' ? [target] : []));
  expect(sqlc.flatMap(({ entries }) => entries)).toHaveLength(3);
});

function without(path: string, { [path]: _, ...rest }: Tree): Tree {
  return rest;
}
