import { expect, test } from 'vitest';
import type { PlannedTarget, SqlcSteps } from '../../src/plan/steps.ts';
import { stepPriorities } from '../../src/steps/priority.ts';

const DATABASE = {
  ...{ database: 'shop', schemaFiles: [], migrationsDir: '', migrationFiles: [], headMigrationFiles: [] },
  ...{ sqlcSchema: '', hasSqlcSchema: true },
};

function sqlc(id: string, engine: 'postgresql' | 'mysql' | 'sqlite', reads: readonly string[]): SqlcSteps {
  const entry = {
    index: 0,
    engine,
    schema: [],
    queries: [],
    outs: [],
    place: { path: id },
    namedOutputs: [],
  };
  return {
    ...{ kind: 'sqlc', id, reads, queryFiles: [], schemaFiles: [], entries: [] },
    config: {
      ...{ path: id, dir: '', version: '2', entries: [entry] },
      ...{ usesDatabase: false, entryLines: null, usesUnpinnedPlugin: false, pluginCommands: [] },
    },
  };
}

const TARGETS: readonly PlannedTarget[] = [
  {
    ...{ kind: 'database', id: 'mysql/shop', steps: ['plan', 'extract'] },
    target: { ...DATABASE, id: 'mysql/shop', dialect: 'mysql', derivedFrom: null },
  },
  {
    ...{ kind: 'database', id: 'postgres/shop', steps: ['plan', 'extract'] },
    target: { ...DATABASE, id: 'postgres/shop', dialect: 'postgres', derivedFrom: null },
  },
  {
    ...{ kind: 'derived', id: 'sqlite/shop', from: 'postgres/shop' },
    target: { ...DATABASE, id: 'sqlite/shop', dialect: 'sqlite', derivedFrom: 'postgres/shop' },
  },
  sqlc('mysql.yml', 'mysql', ['mysql/shop']),
  sqlc('postgres.yml', 'postgresql', ['postgres/shop']),
  sqlc('sqlite.yml', 'sqlite', ['sqlite/shop']),
];

test('What the slowest generator waits for goes before everything else', () => {
  const priorityOf = stepPriorities(TARGETS);
  const steps = [
    ['postgres/shop', 'plan'],
    ['postgres/shop', 'extract'],
    ['sqlite.yml', 'sqlc'],
    ['mysql/shop', 'plan'],
    ['mysql/shop', 'extract'],
    ['postgres.yml', 'sqlc'],
    ['mysql.yml', 'sqlc'],
  ] as const;
  const sorted = steps.toSorted(([a, x], [b, y]) => priorityOf(b, y) - priorityOf(a, x));
  expect(sorted).toEqual(steps);
});
