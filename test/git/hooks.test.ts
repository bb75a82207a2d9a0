import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedPaths, indexIdentity } from '../../src/git/changes.ts';
import { diskEqualsIndex } from '../../src/git/disk-equals-index.ts';
import { openRepository } from '../../src/git/repository.ts';
import { readHead, readIndex } from '../../src/git/snapshot.ts';
import { stageFiles } from '../../src/git/stage.ts';
import { readWorktree } from '../../src/git/worktree.ts';
import { writeFiles } from '../../src/git/worktree-write.ts';
import type { HookContext } from '../support/hook.ts';
import { duringHook } from '../support/hook.ts';
import type { TestRepository } from '../support/repository.ts';
import { repositoryAt, temporaryRepository } from '../support/repository.ts';

/** What a commit of each kind takes along, as its hook sees it. */
async function seenBy(context: HookContext): Promise<string[]> {
  const repo = await openRepository(context);
  const [head, index] = [await readHead(repo), await readIndex(repo)];
  return changedPaths(head, index).map(({ path, kind }) => `${kind} ${path}`);
}

/** One staged edit, one that is not, and one new file. */
async function withEdits(): Promise<TestRepository> {
  const made = await temporaryRepository();
  await made.commit({ staged: '1', unstaged: '1', 'web/x': '1', gone: '1' });
  await edit(made);
  return made;
}

async function edit(made: TestRepository): Promise<void> {
  await made.write({ staged: '2', unstaged: '2', untracked: '2' });
  await made.git('add', 'staged');
  await made.git('rm', '--quiet', 'gone');
}

const COMMITS: [string, string[], string[]][] = [
  ['commit', [], ['deleted gone', 'modified staged']],
  ['commit -a', ['-a'], ['deleted gone', 'modified staged', 'modified unstaged']],
  ['commit -i PATH', ['-i', 'unstaged'], ['deleted gone', 'modified staged', 'modified unstaged']],
  ['commit PATH', ['unstaged'], ['modified unstaged']],
];

describe.each(COMMITS)('%s: a pre-commit hook sees what is committed', (_, args, expected) => {
  const commit = ['commit', '--quiet', '-m', 'x', ...args];

  test('at the root and from a subfolder', async () => {
    const made = await withEdits();
    const result = await duringHook(made, commit, async ({ cwd, env }) => {
      expect(await seenBy({ cwd, env })).toEqual(expected);
      expect(await seenBy({ cwd: join(cwd, 'web'), env })).toEqual(expected);
    });
    expect(result).toMatchObject({ exitCode: 0 });
    const committed = await made.git('diff', '--no-renames', '--name-only', 'HEAD~1', 'HEAD');
    expect(committed.split('\n')).toEqual(expected.map((line) => line.split(' ')[1]));
  });

  test('in a linked work tree, also from a subfolder', async () => {
    const main = await withEdits();
    await main.write({ untouched: 'x' });
    const linked = repositoryAt(`${main.root}-linked`, main.env);
    await main.git('worktree', 'add', '--quiet', linked.root, '-b', 'linked');
    await edit(linked);
    const before = await main.git('status', '--porcelain');
    const result = await duringHook(linked, commit, async ({ cwd, env }) => {
      expect(env['GIT_DIR']).toBeDefined();
      expect(await seenBy({ cwd: join(cwd, 'web'), env })).toEqual(expected);
      const repo = await openRepository({ cwd: join(cwd, 'web'), env });
      expect(repo).toMatchObject({ root: linked.root, cwdPrefix: 'web' });
      expect(String((await (await readWorktree(repo)).read(['unstaged'])).get('unstaged'))).toBe('2');
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(await main.git('status', '--porcelain')).toBe(before);
    expect(await main.git('config', 'core.bare')).toBe('false');
  });

  test('in a submodule', async () => {
    const inner = await temporaryRepository({ name: 'inner' });
    await inner.commit({ staged: '1', unstaged: '1', 'web/x': '1', gone: '1' });
    const outer = await temporaryRepository();
    await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub');
    const sub = repositoryAt(join(outer.root, 'sub'), outer.env);
    await edit(sub);
    const result = await duringHook(sub, commit, async (context) => {
      expect(await seenBy(context)).toEqual(expected);
    });
    expect(result).toMatchObject({ exitCode: 0 });
  });

  test('with the git folder elsewhere', async () => {
    const made = await withEdits();
    const elsewhere = repositoryAt(`${made.root}-files`, made.env);
    await mkdir(elsewhere.root);
    const place = ['--git-dir', join(made.root, '.git'), '--work-tree', '.'];
    await elsewhere.write({ staged: '2', unstaged: '2', 'web/x': '1' });
    const result = await duringHook(
      made,
      [...place, ...commit],
      async (context) => {
        expect(await seenBy(context)).toEqual(expected);
        expect((await openRepository(context)).root).toBe(elsewhere.root);
      },
      { cwd: elsewhere.root },
    );
    expect(result).toMatchObject({ exitCode: 0 });
  });
});

test('commit PATH has a private index, the others have not', async () => {
  for (const [, args] of COMMITS) {
    const made = await withEdits();
    await duringHook(made, ['commit', '--quiet', '-m', 'x', ...args], async (context) => {
      const repo = await openRepository(context);
      expect(repo.privateIndex).toBe(args[0] === 'unstaged');
      expect(repo.mainIndexFile).toBe(join(made.root, '.git/index'));
    });
  }
});

test('an amended commit and the first commit of all', async () => {
  const made = await temporaryRepository();
  await made.write({ a: '1' });
  await made.git('add', 'a');
  await duringHook(made, ['commit', '--quiet', '-m', 'x'], async (context) => {
    expect(await seenBy(context)).toEqual(['added a']);
  });
  await made.write({ b: '1' });
  await made.git('add', 'b');
  await duringHook(made, ['commit', '--quiet', '--amend', '-m', 'x'], async (context) => {
    expect(await seenBy(context)).toEqual(['added b']);
  });
  expect(await made.git('ls-files')).toBe('a\nb');
});

test('a clean merge runs pre-merge-commit', async () => {
  const made = await temporaryRepository();
  await made.commit({ a: '1' });
  await made.git('switch', '--quiet', '-c', 'side');
  await made.commit({ b: '1' });
  await made.git('switch', '--quiet', 'main');
  await made.commit({ c: '1' });
  const merge = ['merge', '--quiet', '-m', 'x', 'side'];
  const refuse = async (context: HookContext) => {
    expect(await seenBy(context)).toEqual(['added b']);
    return 1;
  };
  const refused = await duringHook(made, merge, refuse, { hook: 'pre-merge-commit' });
  expect(refused.exitCode).not.toBe(0);
  expect(await made.git('log', '-1', '--format=%P')).not.toContain(' ');
});

test('the identity tells when somebody stages during the hook', async () => {
  const made = await withEdits();
  await duringHook(made, ['commit', '--quiet', '-m', 'x'], async (context) => {
    const repo = await openRepository(context);
    const before = await indexIdentity(repo);
    await made.git('add', 'untracked');
    expect(await indexIdentity(repo)).not.toBe(before);
  });
});

describe('staging in a hook', () => {
  const writes = [
    { kind: 'write', path: 'out/new', bytes: Buffer.from('new') },
    { kind: 'write', path: 'out/old', bytes: Buffer.from('new') },
    { kind: 'delete', path: 'out/gone' },
  ] as const;

  test.each(COMMITS.slice(0, 3))('%s takes it along and leaves a clean status', async (_, args) => {
    const made = await temporaryRepository();
    await made.commit({ staged: '1', unstaged: '1', 'out/old': 'old', 'out/gone': 'x' });
    await made.write({ staged: '2', unstaged: '2' });
    await made.git('add', 'staged');
    const result = await duringHook(made, ['commit', '--quiet', '-m', 'x', ...args], async (context) => {
      const repo = await openRepository(context);
      const equal = await diskEqualsIndex(
        repo,
        writes.map((write) => write.path),
      );
      expect(equal.size).toBe(3);
      await stageFiles(repo, writes);
      await writeFiles(repo, writes);
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(await made.git('show', 'HEAD:out/old')).toBe('new');
    expect((await made.git('ls-tree', '-r', '--name-only', 'HEAD')).split('\n')).not.toContain('out/gone');
    const left = (await made.status()).files.map((file) => file.path);
    expect(left).toEqual(args.length === 0 ? ['unstaged'] : []);
  });

  test('commit PATH refuses', async () => {
    const made = await withEdits();
    await duringHook(made, ['commit', '--quiet', '-m', 'x', 'unstaged'], async (context) => {
      const repo = await openRepository(context);
      const before = await indexIdentity(repo);
      await expect(stageFiles(repo, writes)).rejects.toMatchObject({ code: 'private-index' });
      expect(await indexIdentity(repo)).toBe(before);
    });
  });
});
