import { describe, expect, it } from 'vitest';
import { movedDatabases } from '../../src/plan/moved.ts';
import { laidOut, type Tree } from './laid-out.ts';

const HCL = 'tools/atlas/schemas/postgres/a.hcl';
const MIGRATION = 'tools/atlas/migrations/postgres/a/1.sql';
const SUM = 'tools/atlas/migrations/postgres/a/atlas.sum';
const NOTES = 'tools/atlas/migrations/postgres/a/README.md';
const SQLC_SCHEMA = 'tools/sqlc/schemas/postgres/a.sql';
const CONFIG = 'dbcheck.config.yaml';
const HEAD: Tree = { [HCL]: '', [MIGRATION]: '', [SUM]: '', [NOTES]: '', [SQLC_SCHEMA]: '' };
const MOVED = `migrations: {dir: "db/migrations/{dialect}/{database}"}
sqlcSchemas: "db/schemas/{dialect}/{database}.sql"
`;

async function left(snapshot: Tree, head: Tree = HEAD) {
  const now = await laidOut(snapshot, head);
  const former = await laidOut(head);
  return movedDatabases(now.project, now.graph, new Set(Object.keys(snapshot)), {
    project: former.project,
    configs: former.configs,
    paths: new Set(Object.keys(head)),
  }).map(({ target, migrations, sqlcSchema }) => [target.id, migrations, sqlcSchema]);
}

describe('movedDatabases', () => {
  it('finds what stands at the places that HEAD named, but no file of people', async () => {
    expect(await left({ ...HEAD, [CONFIG]: MOVED })).toEqual([['postgres/a', [MIGRATION, SUM], SQLC_SCHEMA]]);
  });

  it('finds nothing where the files went along, or the templates stay', async () => {
    const moved = { 'db/migrations/postgres/a/1.sql': '', 'db/schemas/postgres/a.sql': '' };
    expect(await left({ [HCL]: '', [CONFIG]: MOVED, ...moved })).toEqual([]);
    expect(await left(HEAD)).toEqual([]);
    expect(await left({ ...HEAD, [CONFIG]: 'staged: {unavailable: warn}\n' })).toEqual([]);
  });

  it('leaves alone what the snapshot reads, and what no step of HEAD made', async () => {
    const sqlc = `version: "2"
sql:
  - {engine: postgresql, schema: schemas/postgres/a.sql, queries: q.sql, gen: {go: {package: p, out: go}}}
`;
    const reading = { ...HEAD, [CONFIG]: MOVED, 'tools/sqlc/sqlc_postgres.yml': sqlc };
    expect(await left(reading)).toEqual([['postgres/a', [MIGRATION, SUM], null]]);
    const off = { ...HEAD, [CONFIG]: 'steps: {extract: off}\n' };
    expect(await left({ ...HEAD, [CONFIG]: MOVED }, off)).toEqual([['postgres/a', [MIGRATION, SUM], null]]);
  });
});
