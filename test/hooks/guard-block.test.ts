import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockPathspecs,
  type GuardOptions,
  guardBlock,
  hookScript,
  quoted,
  readGuard,
  replaceGuard,
  withoutGuards,
} from '../../src/hooks/guard-block.ts';
import { run } from '../../src/process/run.ts';

const options: GuardOptions = {
  projectDir: '',
  pathspecs: ['tools/atlas', ':(glob)dbcheck.config.*'],
  programs: ['node_modules/.bin/dbcheck'],
  command: 'staged',
  lintStaged: null,
};

describe('a guard', () => {
  it('is found between its markers and replaced in place', () => {
    const script = `#!/bin/sh\necho before\n${guardBlock(options)}echo after\n`;
    expect(readGuard(script, '')).toBe(guardBlock(options));
    const next = guardBlock({ ...options, pathspecs: ['db'] });
    expect(replaceGuard(script, '', next)).toBe(`#!/bin/sh\necho before\n${next}echo after\n`);
  });

  it('is not taken for one where its end is lost or it belongs to another project', () => {
    const block = guardBlock({ ...options, projectDir: 'web' });
    expect(readGuard(block, '')).toBeNull();
    expect(readGuard(block.replace('guard: end web', ''), 'web')).toBeNull();
    expect(readGuard(`${block}${guardBlock(options)}`, '')).toBe(guardBlock(options));
    expect(replaceGuard('npm test\n', '', block)).toBeNull();
    expect(withoutGuards(`a\n${block}b\n${guardBlock(options)}c`)).toBe('a\nb\nc');
  });

  it('gives back its pathspecs, whatever characters are in them', () => {
    const pathspec = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("it's", "'", 'a\n  then\nb', 'new\nline', '\\'),
    );
    fc.assert(
      fc.property(fc.array(pathspec, { minLength: 1 }), (pathspecs) => {
        expect(blockPathspecs(guardBlock({ ...options, pathspecs }))).toEqual(pathspecs);
      }),
    );
  });

  it('runs lint-staged before a commit, not before a merge', () => {
    const lint = { ...options, runner: 'husky' as const, lintStaged: 'node_modules/.bin/lint-staged' };
    expect(hookScript({ ...lint, kind: 'pre-commit' })).toContain(
      "  if ! './node_modules/.bin/lint-staged' --quiet --allow-empty; then\n",
    );
    expect(hookScript({ ...lint, kind: 'pre-merge-commit' })).not.toContain('lint-staged');
  });

  it('is a script of its own for git, and plain lines for husky', () => {
    expect(hookScript({ ...options, kind: 'pre-commit', runner: 'git' })).toMatch(
      /^#!\/bin\/sh\n# dbcheck guard: begin\n/,
    );
    expect(hookScript({ ...options, kind: 'pre-commit', runner: 'husky' })).toMatch(
      /^# dbcheck guard: begin\n/,
    );
  });
});

it('quotes one word for a shell', async () => {
  const words = ["it's", '$HOME `id`', 'a\nb', '\\', '', "''"];
  const { stdout } = await run('sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], {
    cwd: '/',
    env: { PATH: process.env['PATH'] },
  });
  expect(stdout.toString().split('\0').slice(0, -1)).toEqual(words);
});
