import { describe, expect, it } from 'vitest';
import { guardBlock } from '../../src/hooks/guard-block.ts';
import { guardObservation, type HookFile } from '../../src/hooks/guard-observation.ts';

const expected = { projectDir: '', pathspecs: [':(glob)dbcheck.config.*', 'db/schemas', 'internal/db'] };
const hook = (pathspecs: readonly string[], committed = true): HookFile => ({
  path: committed ? '.husky/pre-commit' : '.git/hooks/pre-commit',
  committed,
  script: `npm test\n${guardBlock({ projectDir: '', pathspecs, programs: ['dbcheck'], command: 'staged', lintStaged: null })}`,
});

describe('guardObservation', () => {
  it('has nothing against a guard that fits, nor against a hook without one', () => {
    const foreign = { path: '.husky/pre-commit', committed: true, script: 'npx lint-staged\n' };
    expect(guardObservation([hook(expected.pathspecs), foreign], expected)).toBeNull();
    expect(guardObservation([], expected)).toBeNull();
    expect(guardObservation([hook(['other'])], { ...expected, projectDir: 'web' })).toBeNull();
  });

  it('names what a guard does not watch, and what it watches for nothing', () => {
    expect(guardObservation([hook(expected.pathspecs), hook(['internal/db', 'old'])], expected)).toEqual({
      rule: 'config/guard-stale',
      target: '.husky/pre-commit',
      message: 'the guard in this hook does not fit the configuration',
      location: { path: '.husky/pre-commit', line: 2, column: null },
      cause:
        'it does not watch :(glob)dbcheck.config.*, db/schemas; it watches old, which the configuration does not name',
      diff: null,
      fix: 'dbcheck init',
    });
  });

  it('lets a hook outside of the snapshot watch more, never less', () => {
    expect(guardObservation([hook([...expected.pathspecs, 'old'], false)], expected)).toBeNull();
    expect(guardObservation([hook(['.'], false)], expected)).toBeNull();
    expect(guardObservation([hook(['db', ':(glob)dbcheck.config.*'], false)], expected)?.cause).toBe(
      'it does not watch internal/db',
    );
    expect(guardObservation([hook(['.'], true)], expected)).not.toBeNull();
  });
});
