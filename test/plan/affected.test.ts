import { describe, expect, it } from 'vitest';
import { affectedTargets, allTargets, selectTargets } from '../../src/plan/affected.ts';
import { configsOf, type LaidOut, laidOut, type Tree } from './laid-out.ts';

const sqlc = (schemas: readonly string[], out: string) => `version: "2"
sql:
  - engine: postgresql
    schema: [${schemas.map((name) => `schemas/postgres/${name}.sql`).join(', ')}]
    queries: queries/${out}
    gen: {go: {package: p, out: ../../gen/${out}}}
`;
const hcl = (name: string) => `tools/atlas/schemas/postgres/${name}.hcl`;
const AB = 'tools/sqlc/ab.yml';
const BC = 'tools/sqlc/bc.yml';
const D = 'tools/sqlc/d.yml';
const TREE: Tree = {
  'dbcheck.config.yaml': `sqlc: {configs: ["tools/sqlc/*.yml"]}\n`,
  [hcl('a')]: '',
  [hcl('b')]: '',
  [hcl('c')]: '',
  [hcl('d')]: '',
  'tools/sqlc/queries/ab/q.sql': '',
  'tools/sqlc/queries/bc/q.sql': '',
  [AB]: sqlc(['a', 'b'], 'ab'),
  [BC]: sqlc(['b', 'c'], 'bc'),
  [D]: sqlc(['d'], 'd'),
};
const GROUP = ['postgres/a', 'postgres/b', 'postgres/c'];

function affected(
  laid: LaidOut,
  paths: readonly string[],
  head: Partial<Parameters<typeof affectedTargets>[0]> = {},
) {
  const closure = {
    project: laid.project,
    graph: laid.graph,
    headConfigFile: null,
    headConfigs: laid.configs,
  };
  return affectedTargets({ ...closure, ...head }, paths);
}
const ids = (found: ReturnType<typeof affectedTargets>) => found.map(({ target }) => target.id);

describe('affectedTargets', () => {
  it('goes from a schema to those that share objects with it and to all that read them', async () => {
    const found = affected(await laidOut(TREE), [hcl('a')]);
    expect(ids(found)).toEqual([...GROUP, AB, BC]);
    expect(found[0]?.reasons).toEqual([{ kind: 'source', path: hcl('a') }]);
    expect(found[1]?.reasons).toEqual([{ kind: 'reads', target: 'postgres/a' }]);
  });

  it('goes from a query to its configuration and what that needs, with all that shares with it, and no further', async () => {
    const found = affected(await laidOut(TREE), ['tools/sqlc/queries/bc/q.sql']);
    expect(ids(found)).toEqual([...GROUP, BC]);
    expect(found[0]?.reasons).toEqual([{ kind: 'feeds', target: BC }]);
  });

  it.each([
    ['a migration', 'tools/atlas/migrations/postgres/d/1_x.sql', ['postgres/d', D]],
    ['a stray file among migrations', 'tools/atlas/migrations/postgres/d/x/README', ['postgres/d', D]],
    ['an sqlc schema', 'tools/sqlc/schemas/postgres/d.sql', ['postgres/d', D]],
    ['generated code, deleted or not', 'gen/d/models.go', ['postgres/d', D]],
    ['an sqlc configuration', D, ['postgres/d', D]],
    ['the pin of sqlc', 'tools/sqlc/go.sum', [...GROUP, 'postgres/d', AB, BC, D]],
    ['the pin of Atlas', 'tools/atlas/go.mod', [...GROUP, 'postgres/d', AB, BC, D]],
    ['the configuration', 'dbcheck.config.yaml', [...GROUP, 'postgres/d', AB, BC, D]],
    ['the baseline of lint', 'dbcheck.lint-baseline.json', [...GROUP, 'postgres/d', AB, BC, D]],
    ['anything else', 'cmd/main.go', []],
    ['a neighbour by name', 'tools/atlas/migrations/postgres/dd.sql', []],
  ])('knows %s', async (_, path, expected) => {
    expect(ids(affected(await laidOut(TREE), [path])).sort()).toEqual([...expected].sort());
  });

  it('knows a configuration file that is gone, for everything is default then', async () => {
    const { 'dbcheck.config.yaml': _, ...without } = TREE;
    const laid = await laidOut({ ...without, 'tools/sqlc/sqlc_postgres.yml': sqlc(['d'], 'd') });
    const found = affected(laid, ['dbcheck.config.yaml'], { headConfigFile: 'dbcheck.config.yaml' });
    expect(ids(found)).toEqual(laid.graph.targets.map(({ id }) => id));
  });

  it('knows the HCL files of a schema that is a folder, by either way to write the template', async () => {
    for (const template of ['db/{dialect}/{database}/', 'db/{dialect}/{database}.hcl']) {
      const laid = await laidOut({
        'dbcheck.config.yaml': `schemas: ${template}\n`,
        'db/postgres/a/tables.hcl': '',
        'db/postgres/b/tables.hcl': '',
      });
      expect(ids(affected(laid, ['db/postgres/a/more.hcl']))).toEqual(['postgres/a']);
    }
  });

  it('knows where HEAD wrote code to, and what it read', async () => {
    const laid = await laidOut(TREE);
    const head = await configsOf(laid.project, { ...TREE, [D]: sqlc(['d'], 'old') });
    expect(ids(affected(laid, ['gen/old/models.go'], { headConfigs: head }))).toEqual(['postgres/d', D]);
    expect(ids(affected(laid, ['tools/sqlc/queries/old/q.sql'], { headConfigs: head }))).toEqual([
      'postgres/d',
      D,
    ]);
  });

  it('knows a query file that gave way to a folder of its name', async () => {
    const laid = await laidOut({ ...TREE, [D]: sqlc(['d'], 'd').replace('queries/d', 'queries/d/q.sql') });
    const queries = 'tools/sqlc/queries/d/q.sql';
    expect(ids(affected(laid, [queries, `${queries}/README`]))).toEqual(['postgres/d', D]);
    expect(ids(affected(laid, [`${queries}/README`]))).toEqual([]);
    expect(ids(affected(laid, [`${queries}/more.sql`]))).toEqual(['postgres/d', D]);
  });

  it('knows what a command that extracts reads', async () => {
    const extract = 'steps: {extract: {command: make schema, inputs: [scripts/**]}}\n';
    const laid = await laidOut({
      ...TREE,
      'dbcheck.config.yaml': `${TREE['dbcheck.config.yaml']}${extract}`,
      'scripts/extract.sh': '',
    });
    expect(ids(affected(laid, ['scripts/extract.sh']))).toEqual(laid.graph.targets.map(({ id }) => id));
    expect(ids(affected(laid, ['other/extract.sh']))).toEqual([]);
  });

  it('knows files that a configuration names outside of its output folder', async () => {
    const outside = sqlc(['d'], 'd').replace('package: p,', 'package: p, output_db_file_name: ../ab/db.go,');
    const laid = await laidOut({ ...TREE, [D]: outside });
    expect(ids(affected(laid, ['gen/ab/db.go']))).toContain(D);
    expect(ids(affected(laid, ['gen/other/db.go']))).toEqual([]);
    expect(ids(affected(laid, ['tools/sqlc/queries/ab/q.sql']))).toContain(D);
  });

  it('judges configurations that write into one folder together', async () => {
    const laid = await laidOut({ ...TREE, [D]: sqlc(['d'], 'ab') });
    const found = affected(laid, [D]);
    expect(ids(found)).toContain(AB);
    expect(found.find(({ target }) => target.id === AB)?.reasons).toEqual([
      { kind: 'shares-output', target: D },
    ]);
  });
});

describe('affectedTargets, of what HEAD has and of derived dialects,', () => {
  it('judges anew what HEAD read together with a database that is gone', async () => {
    const { [hcl('a')]: _, ...without } = TREE;
    const snapshot = { ...without, [AB]: sqlc(['b'], 'ab') };
    const laid = await laidOut(snapshot, TREE);
    const head = await configsOf(laid.project, TREE);
    const found = affected(laid, [hcl('a')], { headConfigs: head });
    expect(ids(found)).toEqual([...GROUP, AB, BC]);
    expect(found.find(({ target }) => target.id === 'postgres/b')?.reasons).toEqual([
      { kind: 'reads', target: 'postgres/a' },
    ]);
  });

  it('judges anew what a configuration of HEAD read together and reads no longer', async () => {
    const laid = await laidOut({ ...TREE, [AB]: sqlc(['a'], 'ab') }, TREE);
    const head = await configsOf(laid.project, TREE);
    const found = affected(laid, [AB], { headConfigs: head });
    expect(ids(found)).toEqual([...GROUP, AB, BC]);
    expect(found.find(({ target }) => target.id === 'postgres/b')?.reasons).toEqual([
      { kind: 'config', path: AB },
    ]);
  });

  it('leaves alone what HEAD read by configurations that did not change', async () => {
    const laid = await laidOut(TREE);
    expect(ids(affected(laid, ['tools/sqlc/queries/d/q.sql']))).toEqual(['postgres/d', D]);
  });

  describe('SQLite', () => {
    const SQLITE = 'tools/sqlc/sqlite.yml';
    const tree: Tree = {
      ...TREE,
      [SQLITE]: sqlc(['d'], 'sqlite').replace('postgresql', 'sqlite').replace('/postgres/', '/sqlite/'),
    };

    it.each([
      ['the HCL that it is derived from', hcl('d'), ['postgres/d', 'sqlite/d', D, SQLITE]],
      ['an override', 'tools/sqlc/schemas/sqlite/overrides/d/t.sql', ['postgres/d', 'sqlite/d', SQLITE]],
      ['its sqlc schema', 'tools/sqlc/schemas/sqlite/d.sql', ['postgres/d', 'sqlite/d', SQLITE]],
      ['its queries', 'tools/sqlc/queries/sqlite/q.sql', ['postgres/d', 'sqlite/d', SQLITE]],
      ['an override of another database', 'tools/sqlc/schemas/sqlite/overrides/dd/t.sql', []],
    ])('is affected by %s', async (_, path, expected) => {
      expect(ids(affected(await laidOut(tree), [path])).sort()).toEqual([...expected].sort());
    });

    it('goes with the whole group that the schema it is derived from shares objects with', async () => {
      const laid = await laidOut({
        ...TREE,
        [SQLITE]: sqlc(['a'], 'sqlite').replace('postgresql', 'sqlite').replace('/postgres/', '/sqlite/'),
      });
      expect(ids(affected(laid, [hcl('b')])).sort()).toEqual([...GROUP, 'sqlite/a', AB, BC, SQLITE].sort());
    });
  });
});

describe('selectTargets', () => {
  it('takes a dialect, a database or a configuration, with what it needs and what reads it', async () => {
    const { graph } = await laidOut(TREE);
    const select = (...wanted: string[]) => ids(selectTargets(graph, allTargets(graph), wanted));
    expect(select('postgres/d')).toEqual(['postgres/d', D]);
    expect(select(D)).toEqual(['postgres/d', D]);
    expect(select(BC)).toEqual([...GROUP, BC]);
    expect(select('postgres')).toEqual(graph.targets.map(({ id }) => id));
    expect(select()).toEqual(graph.targets.map(({ id }) => id));
  });

  it('adds nothing to what is not affected', async () => {
    const laid = await laidOut(TREE);
    expect(selectTargets(laid.graph, affected(laid, [hcl('d')]), ['postgres/a'])).toEqual([]);
  });
});
