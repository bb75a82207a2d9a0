import { describe, expect, it } from 'vitest';
import { allReads, readsOf, stepsOf } from '../../src/plan/steps.ts';
import { laidOut, type Tree } from './laid-out.ts';

const hcl = (name: string) => `tools/atlas/schemas/postgres/${name}.hcl`;
const migration = (name: string) => `tools/atlas/migrations/postgres/${name}/1.sql`;
const sqlcSchema = (dialect: string, name: string) => `tools/sqlc/schemas/${dialect}/${name}.sql`;
const POSTGRES = 'tools/sqlc/sqlc_postgres.yml';
const SQLITE = 'tools/sqlc/sqlc_sqlite.yml';

/** A configuration of the default layout, an entry for each list of schemas. */
function sqlc(dialect: string, ...schemas: readonly (readonly string[])[]): string {
  const entries = schemas.map(
    (files, index) => `  - engine: ${dialect === 'postgres' ? 'postgresql' : dialect}
    schema: [${files.join(', ')}]
    queries: queries/${dialect}
    gen: {go: {package: p, out: ../store/${dialect}${index}}}
`,
  );
  return `version: "2"\nsql:\n${entries.join('')}`;
}

async function planned(tree: Tree, head?: Tree) {
  const { graph } = await laidOut(tree, head);
  const byId = new Map(graph.targets.map((target) => [target.id, target]));
  return { graph, byId, steps: graph.targets.map((target) => [target.id, target.kind, stepsOf(target)]) };
}

describe('planSteps', () => {
  it('plans a database and extracts its sqlc schema only where something uses one', async () => {
    const off = { 'dbcheck.config.yaml': 'derive: {}\n' };
    expect((await planned({ ...off, [hcl('a')]: '' })).steps).toEqual([['postgres/a', 'database', ['plan']]]);
    const both = [['postgres/a', 'database', ['plan', 'extract']]];
    expect((await planned({ ...off, [hcl('a')]: '', [sqlcSchema('postgres', 'a')]: '' })).steps).toEqual(
      both,
    );
    const read = { ...off, [hcl('a')]: '', [POSTGRES]: sqlc('postgres', ['schemas/postgres/a.sql']) };
    expect((await planned(read)).steps).toEqual([...both, [POSTGRES, 'sqlc', ['sqlc']]]);
    const named = 'derive: {}\nsqlcSchemas: "tools/sqlc/schemas/{dialect}/{database}.sql"\n';
    expect((await planned({ 'dbcheck.config.yaml': named, [hcl('a')]: '' })).steps).toEqual(both);
  });

  it('extracts nothing where the step is off', async () => {
    const { steps } = await planned({
      'dbcheck.config.yaml': 'derive: {}\nsteps: {extract: off}\n',
      [hcl('a')]: '',
      [sqlcSchema('postgres', 'a')]: '',
    });
    expect(steps).toEqual([['postgres/a', 'database', ['plan']]]);
  });

  it('converts for a derived dialect only where something reads the result or it is there', async () => {
    const derived = ['sqlite/a', 'derived', ['convert']];
    const base = { [hcl('a')]: '' };
    expect((await planned(base)).steps).not.toContainEqual(derived);
    expect((await planned({ ...base, [sqlcSchema('sqlite', 'a')]: '' })).steps).toContainEqual(derived);
    expect((await planned(base, { ...base, [sqlcSchema('sqlite', 'a')]: '' })).steps).toContainEqual(derived);
    const read = { ...base, [SQLITE]: sqlc('sqlite', ['schemas/sqlite/a.sql']) };
    expect((await planned(read)).steps).toContainEqual(derived);
  });

  it('runs nothing for a database whose schema is gone, and lets nobody read what it left', async () => {
    const left = {
      [hcl('a')]: '',
      [sqlcSchema('postgres', 'a')]: '',
      [sqlcSchema('postgres', 'b')]: '',
      [migration('b')]: '',
      [POSTGRES]: sqlc('postgres', ['schemas/postgres'], ['../atlas/migrations/postgres/b']),
    };
    const { byId, steps } = await planned(left, { ...left, [hcl('b')]: '' });
    expect(steps).toContainEqual(['postgres/b', 'removed', []]);
    const config = byId.get(POSTGRES);
    expect(config?.kind === 'sqlc' && config.schemaFiles).toEqual([sqlcSchema('postgres', 'a')]);
    expect(config === undefined ? [] : readsOf(config)).toEqual(['postgres/a']);
  });

  it('knows the schema files that a step is yet to make, by name and by folder', async () => {
    const tree = (schema: string) => ({ [hcl('a')]: '', [POSTGRES]: sqlc('postgres', [schema]) });
    for (const schema of ['schemas/postgres/a.sql', 'schemas/postgres', 'schemas/postgres/*.sql']) {
      const config = (await planned(tree(schema))).byId.get(POSTGRES);
      expect([schema, config?.kind === 'sqlc' && config.schemaFiles]).toEqual([
        schema,
        [sqlcSchema('postgres', 'a')],
      ]);
    }
  });

  it('has a configuration that reads migrations read their database, empty as the folder may be', async () => {
    for (const schema of ['../atlas/migrations/postgres/a', '../atlas/migrations/postgres/a/*.sql']) {
      const config = (await planned({ [hcl('a')]: '', [POSTGRES]: sqlc('postgres', [schema]) })).byId.get(
        POSTGRES,
      );
      expect([schema, config === undefined ? [] : readsOf(config)]).toEqual([schema, ['postgres/a']]);
    }
  });

  it('lets databases share by entry, and joins groups that have a member in common', async () => {
    const tree = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [hcl(name), '']));
    const file = (name: string) => `schemas/postgres/${name}.sql`;
    const apart = await planned({ ...tree, [POSTGRES]: sqlc('postgres', [file('a')], [file('b')]) });
    expect(apart.graph.sharing).toEqual([]);
    const joined = sqlc('postgres', [file('b'), file('a')], [file('c'), file('b')], [file('d'), file('e')]);
    expect((await planned({ ...tree, [POSTGRES]: joined })).graph.sharing).toEqual([
      ['postgres/a', 'postgres/b', 'postgres/c'],
      ['postgres/d', 'postgres/e'],
    ]);
  });
});

describe('allReads', () => {
  it('follows what a target reads to the end', async () => {
    const { graph } = await planned({
      [hcl('a')]: '',
      [POSTGRES]: sqlc('postgres', ['schemas/postgres/a.sql']),
      [SQLITE]: sqlc('sqlite', ['schemas/sqlite/a.sql']),
    });
    expect(Object.fromEntries(allReads(graph))).toEqual({
      'postgres/a': [],
      'sqlite/a': ['postgres/a'],
      [POSTGRES]: ['postgres/a'],
      [SQLITE]: ['sqlite/a', 'postgres/a'],
    });
  });

  it('names a target once, by however many ways it is read', async () => {
    const { graph } = await planned({
      [hcl('a')]: '',
      [SQLITE]: sqlc('sqlite', ['schemas/sqlite/a.sql', 'schemas/postgres/a.sql']),
    });
    expect(allReads(graph).get(SQLITE)?.toSorted()).toEqual(['postgres/a', 'sqlite/a']);
  });
});
