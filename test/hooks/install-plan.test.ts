import { describe, expect, it } from 'vitest';
import { type GuardOptions, guardBlock, hookScript } from '../../src/hooks/guard-block.ts';
import { type ExistingHook, type InstallFacts, planInstall } from '../../src/hooks/install-plan.ts';

const guard: GuardOptions = {
  projectDir: '',
  pathspecs: ['db'],
  programs: ['node_modules/.bin/dbcheck'],
  command: 'staged',
  lintStaged: null,
};
const block = guardBlock(guard);
const file = (script: string, executable = true): ExistingHook => ({ state: 'file', script, executable });

function plan(existing: ExistingHook, changes: Partial<InstallFacts> = {}) {
  const hooks = [{ kind: 'pre-commit' as const, path: '/r/pre-commit', existing, managed: null }];
  return planInstall({ runner: 'git', ours: true, hooks, guard, others: [], ...changes })[0];
}

describe('planInstall', () => {
  it('makes a hook where there is none', () => {
    const script = hookScript({ ...guard, kind: 'pre-commit', runner: 'git' });
    expect(plan({ state: 'absent' })).toEqual({
      ...{ kind: 'write', path: '/r/pre-commit', text: script, executable: true, change: 'created' },
    });
    expect(plan({ state: 'absent' }, { runner: 'husky' })).toMatchObject({ text: block, executable: false });
  });

  it('asks for a whole hook where it may not make one itself', () => {
    expect(plan({ state: 'absent' }, { ours: false })).toEqual({
      ...{
        kind: 'paste',
        path: '/r/pre-commit',
        text: hookScript({ ...guard, kind: 'pre-commit', runner: 'git' }),
      },
      reason:
        'core.hooksPath names a folder that serves other repositories too (make the file executable: chmod +x)',
    });
    expect(plan(file('#!/bin/sh\n'), { ours: false })).toMatchObject({ text: block });
  });

  it('replaces its own block in place, and keeps one that is right', () => {
    const around = (inner: string) => `#!/bin/bash\nnpm test\n${inner}exit 0\n`;
    const old = guardBlock({ ...guard, pathspecs: ['old'] });
    expect(plan(file(around(old)))).toMatchObject({ kind: 'write', text: around(block), change: 'updated' });
    expect(plan(file(around(block)))).toEqual({ kind: 'keep', path: '/r/pre-commit' });
  });

  it('makes its own hook executable where git needs that', () => {
    expect(plan(file(block, false))).toMatchObject({ kind: 'write', text: block, executable: true });
    expect(plan(file(block, false), { runner: 'husky' })).toMatchObject({ kind: 'keep' });
  });

  it.each<[string, ExistingHook, Partial<InstallFacts>]>([
    ['it is a hook of your own', file('#!/bin/sh\nnpm test\n'), {}],
    ['it is a symbolic link', { state: 'link', script: guardBlock({ ...guard, pathspecs: ['x'] }) }, {}],
    ['it is not a file', { state: 'other' }, {}],
    [
      'core.hooksPath names a folder that serves other repositories too',
      file('#!/bin/sh\n'),
      { ours: false },
    ],
  ])('never writes over what is not its own: %s', (reason, existing, changes) => {
    expect(plan(existing, changes)).toEqual({ kind: 'paste', path: '/r/pre-commit', reason, text: block });
  });

  it('takes a hook of comments, or of another project’s guard, for one that it may add to', () => {
    const web = guardBlock({ ...guard, projectDir: 'web' });
    expect(plan(file(`#!/bin/sh\n# hello\n${web}`))).toMatchObject({
      text: `#!/bin/sh\n# hello\n${web}${block}`,
    });
    expect(plan(file(''))).toMatchObject({ text: `#!/bin/sh\n${block}` });
    expect(plan(file('#!/bin/sh'))).toMatchObject({ text: `#!/bin/sh\n${block}` });
  });

  it('keeps a link or a foreign folder’s hook that has the block already', () => {
    expect(plan({ state: 'link', script: block })).toMatchObject({ kind: 'keep' });
    expect(plan(file(block), { ours: false })).toMatchObject({ kind: 'keep' });
  });

  it('runs lint-staged under husky, unless the hook does so itself', () => {
    const linting = {
      runner: 'husky' as const,
      guard: { ...guard, lintStaged: 'node_modules/.bin/lint-staged' },
    };
    expect(plan({ state: 'absent' }, linting)).toMatchObject({ text: guardBlock(linting.guard) });
    expect(plan(file('npx lint-staged\n'), linting)).toMatchObject({ kind: 'paste', text: block });
    expect(plan({ state: 'absent' }, { ...linting, runner: 'git' })).toMatchObject({
      text: `#!/bin/sh\n${block}`,
    });
  });
});
