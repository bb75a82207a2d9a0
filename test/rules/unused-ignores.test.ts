import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/config/load.ts';
import type { Observation } from '../../src/rules/finding.ts';
import type { RuleId } from '../../src/rules/rules.ts';
import { unusedIgnores } from '../../src/rules/unused-ignores.ts';
import { filesInMemory } from '../config/files-in-memory.ts';

const CONFIG = 'web/dbcheck.config.yaml';

async function unused(ignore: string, ...observations: readonly Observation[]) {
  const files = filesInMemory({ [CONFIG]: `ignore:\n${ignore}` });
  const project = await loadProject(files, { cwdPrefix: 'web/', explicit: null, env: {} });
  return unusedIgnores(observations, project);
}

function saw(rule: RuleId, path: string, name?: string): Observation {
  return {
    ...{ rule, target: 'postgres/a', message: 'm', cause: 'c', diff: null, fix: null },
    location: { path, line: 1, column: 1 },
    ...(name === undefined ? {} : { name }),
  };
}

describe('unusedIgnores', () => {
  it('names the entry that nothing fits, at its place', async () => {
    const used = '  - {rule: generated/stale, path: "gen/*.go", reason: known}\n';
    const other = '  - {rule: parity/column-missing, path: "a.hcl", name: users.email, reason: not yet}\n';
    const found = await unused(
      used + other,
      saw('generated/stale', 'web/gen/a.go'),
      saw('parity/column-missing', 'web/a.hcl', 'users.name'),
    );
    expect(found).toMatchObject([
      {
        rule: 'config/unused-ignore',
        target: CONFIG,
        location: { path: CONFIG, line: 3, column: 5 },
        message: expect.stringContaining('no parity/column-missing at web/a.hcl about users.email'),
        cause: expect.stringContaining('because: not yet'),
      },
    ]);
  });

  it('knows rule, path and name', async () => {
    const entry = '  - {rule: generated/stale, path: a.go, name: x, reason: known}\n';
    const fits = saw('generated/stale', 'web/a.go', 'x');
    expect(await unused(entry, fits)).toEqual([]);
    expect(await unused(entry, { ...fits, rule: 'generated/orphan' })).toHaveLength(1);
    expect(await unused(entry, { ...fits, location: { ...fits.location, path: 'a.go' } })).toHaveLength(1);
    expect(await unused(entry, { ...fits, name: 'y' })).toHaveLength(1);
  });

  it('does not turn on entries about itself', async () => {
    const itself = '  - {rule: config/unused-ignore, path: dbcheck.config.yaml, reason: shared}\n';
    expect(await unused(itself)).toEqual([]);
  });
});
