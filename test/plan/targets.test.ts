import { describe, expect, it } from 'vitest';
import { overridesDir } from '../../src/plan/targets.ts';
import { laidOut, type Tree } from './laid-out.ts';

const HCL = 'tools/atlas/schemas/postgres/a.hcl';
const MIGRATIONS = 'tools/atlas/migrations/postgres/a';
const SQLC_SCHEMA = 'tools/sqlc/schemas/postgres/a.sql';

async function ids(tree: Tree, head?: Tree): Promise<readonly string[]> {
  return (await laidOut(tree, head)).targets.map(({ id }) => id);
}

/** A tree of empty files. */
const files = (...paths: string[]): Tree => Object.fromEntries(paths.map((path) => [path, '']));

describe('findTargets', () => {
  it('knows every file of a database, in the snapshot and in HEAD', async () => {
    const { targets } = await laidOut(
      files(HCL, `${MIGRATIONS}/2.sql`, `${MIGRATIONS}/old/1.sql`),
      files(HCL, `${MIGRATIONS}/1.sql`, SQLC_SCHEMA),
    );
    expect(targets.find(({ id }) => id === 'postgres/a')).toEqual({
      ...{ id: 'postgres/a', dialect: 'postgres', database: 'a', derivedFrom: null },
      ...{ schemaFiles: [HCL], migrationsDir: MIGRATIONS, sqlcSchema: SQLC_SCHEMA, hasSqlcSchema: true },
      migrationFiles: [`${MIGRATIONS}/2.sql`, `${MIGRATIONS}/old/1.sql`],
      headMigrationFiles: [`${MIGRATIONS}/1.sql`],
    });
  });

  it('still finds a database whose schema is only in HEAD, or in neither tree, by what it left behind', async () => {
    expect(await ids({}, files(HCL))).toContain('postgres/a');
    const { targets } = await laidOut(files(`${MIGRATIONS}/1.sql`));
    expect(targets.map(({ id, schemaFiles }) => [id, schemaFiles])).toEqual([['postgres/a', []]]);
  });

  it('makes no target of sqlc schemas that people write', async () => {
    expect(await ids(files(SQLC_SCHEMA))).toEqual([]);
  });

  it('does make one where the dialect has a schema in either tree', async () => {
    const other = 'tools/sqlc/schemas/postgres/b.sql';
    expect(await ids(files(HCL, other))).toContain('postgres/b');
    expect(await ids(files(other), files(HCL))).toContain('postgres/b');
  });

  it('derives the databases of a dialect that has no HCL of its own', async () => {
    const { targets } = await laidOut(files(HCL));
    expect(targets.map(({ id, derivedFrom, schemaFiles }) => [id, derivedFrom, schemaFiles])).toEqual([
      ['postgres/a', null, [HCL]],
      ['sqlite/a', 'postgres/a', [HCL]],
    ]);
  });

  it('derives nothing for a dialect whose HCL people write', async () => {
    const { targets } = await laidOut(files(HCL, 'tools/atlas/schemas/sqlite/a.hcl'));
    expect(targets.map(({ id, derivedFrom }) => [id, derivedFrom])).toEqual([
      ['postgres/a', null],
      ['sqlite/a', null],
    ]);
  });

  it('orders by dialect and then by the bytes of the names, or by the map of sqlcSchemas', async () => {
    const all = files(...['b', '10', '9', 'B'].map((name) => `tools/atlas/schemas/mysql/${name}.hcl`), HCL);
    const off = { ...all, 'dbcheck.config.yaml': 'derive: {}\n' };
    expect(await ids(off)).toEqual(['mysql/10', 'mysql/9', 'mysql/B', 'mysql/b', 'postgres/a']);
    const map = 'derive: {}\nsqlcSchemas: {b: tools/sqlc/schemas/{dialect}/01_b.sql}\n';
    const quoted = map.replace(/: (tools.*sql)/, ": '$1'");
    const named = await laidOut({ ...all, 'dbcheck.config.yaml': quoted });
    expect(named.targets.map(({ id }) => id)).toEqual([
      'mysql/b',
      'mysql/10',
      'mysql/9',
      'mysql/B',
      'postgres/a',
    ]);
    expect(named.targets[0]?.sqlcSchema).toBe('tools/sqlc/schemas/mysql/01_b.sql');
  });

  it('takes HCL files in a folder for one schema, in the order of their bytes', async () => {
    const folder = 'tools/atlas/schemas/postgres/a';
    const { targets } = await laidOut(files(`${folder}/b.hcl`, `${folder}/B.hcl`, `${folder}/notes.md`));
    expect(targets[0]?.schemaFiles).toEqual([`${folder}/B.hcl`, `${folder}/b.hcl`]);
  });
});

it('keeps what people write for a converted schema beside it', () => {
  expect(overridesDir('tools/sqlc/schemas/sqlite/a.sql')).toBe('tools/sqlc/schemas/sqlite/overrides/a');
});
