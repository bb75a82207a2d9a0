import { describe, expect, it } from 'vitest';
import { findOutputCollisions } from '../../src/commands/output-collisions.ts';
import type { SqlcSteps } from '../../src/plan/steps.ts';
import { outputPaths, type Regenerated, type Regeneration } from '../../src/steps/regeneration.ts';
import { laidOut } from '../plan/laid-out.ts';

const sqlc = (name: string, ...outs: string[]) =>
  [
    'version: "2"\nsql:\n',
    ...outs.map(
      (out) =>
        `  - {engine: postgresql, schema: s.sql, queries: ${name}.sql, gen: {go: {package: p, out: ${out}}}}\n`,
    ),
  ].join('');

async function configs(...paths: string[]): Promise<readonly SqlcSteps[]> {
  const { graph } = await laidOut({
    'dbcheck.config.yaml': 'sqlc: {configs: ["*.yml"]}\n',
    ...Object.fromEntries(paths.map((path) => [path, sqlc(path, 'gen', `own-${path.slice(0, 1)}`)])),
  });
  return graph.targets.filter((target) => target.kind === 'sqlc');
}

const made = (...paths: string[]): Regenerated => ({
  kind: 'made',
  outputs: new Map(paths.map((path) => [path, Buffer.from(path)])),
  ...{ fresh: new Set<string>(), collisions: [] },
});
/** What was made, all of it as the snapshot has it. */
const fresh = (...paths: string[]): Regenerated => ({
  ...{ kind: 'made', outputs: new Map(), fresh: new Set(paths), collisions: [] },
});
const regeneration = (results: Readonly<Record<string, Regenerated>>): Regeneration => ({
  results: new Map(Object.entries(results)),
  conflicts: [],
});
const pathsOf = (result: Regenerated | undefined) => (result?.kind === 'made' ? outputPaths(result) : null);

describe('findOutputCollisions', () => {
  it('says which files two configurations write, at the second one, and holds them against nothing', async () => {
    const given = regeneration({
      'a.yml': made('gen/db.go', 'gen/a.go', 'own-a/db.go'),
      'b.yml': made('gen/db.go', 'gen/models.go', 'own-b/db.go'),
    });
    const found = findOutputCollisions(await configs('a.yml', 'b.yml'), given);
    expect(found.evidence).toEqual([
      {
        ...{ kind: 'collision', id: 'b.yml', other: 'a.yml', paths: ['gen/db.go'] },
        location: { path: 'b.yml', line: 3, column: expect.any(Number) },
      },
    ]);
    expect([...found.contested]).toEqual(['gen/db.go']);
    expect(pathsOf(found.regeneration.results.get('a.yml'))).toEqual(['gen/a.go', 'own-a/db.go']);
    expect(pathsOf(found.regeneration.results.get('b.yml'))).toEqual(['gen/models.go', 'own-b/db.go']);
  });

  it.each([
    [fresh, made],
    [made, fresh],
    [fresh, fresh],
  ])('counts what is fresh as written', async (one, other) => {
    const given = regeneration({ 'a.yml': one('gen/db.go', 'gen/a.go'), 'b.yml': other('gen/db.go') });
    const found = findOutputCollisions(await configs('a.yml', 'b.yml'), given);
    expect(found.evidence.map(({ paths }) => paths)).toEqual([['gen/db.go']]);
    expect(pathsOf(found.regeneration.results.get('a.yml'))).toEqual(['gen/a.go']);
    expect(pathsOf(found.regeneration.results.get('b.yml'))).toEqual([]);
  });

  it('gathers the files of one folder in one finding', async () => {
    const given = regeneration({
      'a.yml': made('gen/db.go', 'gen/models.go'),
      'b.yml': made('gen/db.go', 'gen/models.go'),
    });
    const found = findOutputCollisions(await configs('a.yml', 'b.yml'), given);
    expect(found.evidence.map(({ paths }) => paths)).toEqual([['gen/db.go', 'gen/models.go']]);
  });

  it('counts what entries of one configuration contest, and leaves to that target to say it', async () => {
    const contested: Regenerated = {
      ...{ kind: 'made', outputs: new Map([['gen/a.go', Buffer.from('')]]), fresh: new Set() },
      collisions: [{ path: 'gen/db.go', entries: [0, 1] }],
    };
    const found = findOutputCollisions(await configs('a.yml'), regeneration({ 'a.yml': contested }));
    expect(found.evidence).toEqual([]);
    expect([...found.contested]).toEqual(['gen/db.go']);
    expect(found.regeneration.results.get('a.yml')).toEqual(contested);
  });

  it('takes away from one what another one contests with itself', async () => {
    const twice: Regenerated = {
      ...{ kind: 'made', outputs: new Map(), fresh: new Set() },
      collisions: [{ path: 'gen/db.go', entries: [0, 1] }],
    };
    const found = findOutputCollisions(
      await configs('a.yml', 'b.yml'),
      regeneration({ 'a.yml': twice, 'b.yml': made('gen/db.go') }),
    );
    expect(pathsOf(found.regeneration.results.get('b.yml'))).toEqual([]);
  });

  it('knows nothing of a configuration that was not made', async () => {
    const blocked: Regenerated = { kind: 'blocked', by: 'postgres/a' };
    const found = findOutputCollisions(
      await configs('a.yml', 'b.yml'),
      regeneration({ 'a.yml': made('gen/db.go'), 'b.yml': blocked }),
    );
    expect(found.evidence).toEqual([]);
    expect(found.regeneration.results.get('b.yml')).toBe(blocked);
  });
});
