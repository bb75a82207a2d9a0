import { describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/plan/targets.ts';
import type { SourceFile } from '../../src/steps/step-result.ts';
import type { DatabaseEvidence, Evidence, SqlcEvidence } from '../../src/verdict/evidence.ts';
import { mendsOf } from '../../src/verdict/mends.ts';
import type { OutputState } from '../../src/verdict/output-state.ts';

const DIR = 'migrations/postgres/a';
const NOTHING_ACCEPTED: ReadonlySet<string> = new Set();
const OLD = Buffer.from('old\n');
const NEW = Buffer.from('new\n');
const TARGET: DatabaseTarget = {
  ...{ id: 'postgres/a', dialect: 'postgres', database: 'a', schemaFiles: ['a.hcl'], migrationsDir: DIR },
  ...{ migrationFiles: [], headMigrationFiles: [], sqlcSchema: 'a.sql', hasSqlcSchema: true },
  derivedFrom: null,
};

const stale = (path: string): OutputState => ({ state: 'stale', path, committed: OLD, regenerated: NEW });
const missing = (path: string): OutputState => ({ state: 'missing', path, regenerated: NEW });
const orphan = (path: string): OutputState => ({ state: 'orphan', path, committed: OLD });
const fresh = (path: string): OutputState => ({ state: 'fresh', path });
const write = (path: string) => ({ kind: 'write', path, bytes: NEW });
const remove = (path: string) => ({ kind: 'delete', path });

function database(migrations: readonly OutputState[], sqlcSchema: OutputState | null): DatabaseEvidence {
  const baseline = `${DIR}/1.sql`;
  return {
    kind: 'database',
    id: TARGET.id,
    target: TARGET,
    baseline,
    migrations,
    checksumFits: true,
    sqlcSchema,
  };
}

describe('mendsOf', () => {
  it('writes what is stale, missing or edited by hand, and leaves alone what is fresh', () => {
    const edited: OutputState = { ...stale('a.sql'), state: 'hand-edited', committed: OLD, regenerated: NEW };
    const evidence = database([stale(`${DIR}/1.sql`), missing(`${DIR}/atlas.sum`)], edited);
    expect(mendsOf([evidence], NOTHING_ACCEPTED)).toEqual([
      write(`${DIR}/1.sql`),
      write(`${DIR}/atlas.sum`),
      write('a.sql'),
    ]);
    expect(mendsOf([database([fresh(`${DIR}/1.sql`)], fresh('a.sql'))], NOTHING_ACCEPTED)).toEqual([]);
    expect(mendsOf([database([], null)], NOTHING_ACCEPTED)).toEqual([]);
  });

  it('deletes a second migration, and no file that people keep beside it', () => {
    const left = [`${DIR}/2.sql`, `${DIR}/README.md`, `${DIR}/old/1.sql`, `${DIR}/old/atlas.sum`].map(orphan);
    expect(mendsOf([database(left, null)], NOTHING_ACCEPTED)).toEqual([remove(`${DIR}/2.sql`)]);
  });

  it('deletes of a removed database its migrations and its sqlc schema, and nothing else', () => {
    const file = (path: string) => ({ path, bytes: OLD });
    const migrations = [`${DIR}/1.sql`, `${DIR}/atlas.sum`, `${DIR}/README.md`].map(file);
    const removed = (sqlcSchema: SourceFile | null): Evidence => ({
      ...{ kind: 'removed', id: TARGET.id, target: TARGET, migrations },
      sqlcSchema,
    });
    const deleted = [remove(`${DIR}/1.sql`), remove(`${DIR}/atlas.sum`)];
    expect(mendsOf([removed(null)], NOTHING_ACCEPTED)).toEqual(deleted);
    expect(mendsOf([removed(file('a.sql'))], NOTHING_ACCEPTED)).toEqual([...deleted, remove('a.sql')]);
  });

  it('writes a converted schema', () => {
    const evidence: Evidence = {
      ...{ kind: 'derived', id: 'sqlite/a', target: TARGET, from: 'postgres/a' },
      sqlcSchema: stale('lite.sql'),
    };
    expect(mendsOf([evidence], NOTHING_ACCEPTED)).toEqual([write('lite.sql')]);
  });

  it('writes and deletes generated code, also of a configuration that is gone', () => {
    const sqlc: SqlcEvidence = {
      ...{ kind: 'sqlc', id: 'sqlc.yml', collisions: [], sqlcVersion: null },
      steps: {
        ...{ kind: 'sqlc', id: 'sqlc.yml', reads: [], queryFiles: [], schemaFiles: [], entries: [] },
        config: {
          ...{ path: 'sqlc.yml', dir: '', version: '2', entries: [] },
          ...{ usesDatabase: false, entryLines: null, usesUnpinnedPlugin: false, pluginCommands: [] },
        },
      },
      outputs: [missing('gen/a.go'), orphan('gen/b.go')],
    };
    const gone: Evidence = { kind: 'removed-sqlc', id: 'x.yml', orphans: [{ path: 'x/a.go', bytes: OLD }] };
    expect(mendsOf([sqlc, gone], NOTHING_ACCEPTED)).toEqual([
      write('gen/a.go'),
      remove('gen/b.go'),
      remove('x/a.go'),
    ]);
  });

  it('leaves alone what is accepted as it is, and a checksum file that would no longer fit it', () => {
    const sum = `${DIR}/atlas.sum`;
    const all = database([stale(`${DIR}/1.sql`), orphan(`${DIR}/2.sql`), stale(sum)], stale('a.sql'));
    const pathsWithout = (...accepted: string[]) => mendsOf([all], new Set(accepted)).map(({ path }) => path);
    expect(pathsWithout('a.sql')).toEqual([`${DIR}/1.sql`, `${DIR}/2.sql`, sum]);
    expect(pathsWithout(sum)).toEqual([`${DIR}/1.sql`, `${DIR}/2.sql`, 'a.sql']);
    expect(pathsWithout(`${DIR}/1.sql`)).toEqual([`${DIR}/2.sql`, 'a.sql']);
    expect(pathsWithout(`${DIR}/2.sql`)).toEqual([`${DIR}/1.sql`, 'a.sql']);
    expect(pathsWithout(`${DIR}/3.sql`)).toEqual([`${DIR}/1.sql`, `${DIR}/2.sql`, sum, 'a.sql']);
  });

  it('has nothing to write where the sources are at fault', () => {
    const problems = [{ path: 'a.hcl', line: 1, column: 1, message: 'no' }];
    const evidence: readonly Evidence[] = [
      { kind: 'refused', id: TARGET.id, problems, step: 'plan', queryFiles: [] },
      { kind: 'unclaimed', id: 'sqlc.yml', paths: ['other/a.go'] },
      { kind: 'format', id: TARGET.id, files: [{ path: 'a.hcl', bytes: OLD, formatted: NEW }] },
    ];
    expect(mendsOf(evidence, NOTHING_ACCEPTED)).toEqual([]);
  });
});
