import { cp, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { encodePath } from '../../src/git/path-bytes.ts';
import { type GuardOptions, type HookKind, hookScript } from '../../src/hooks/guard-block.ts';
import { escapeGlob, glob, pathspecs, tree } from '../../src/hooks/pathspec.ts';
import { run } from '../../src/process/run.ts';
import { type Files, type TestRepository, temporaryRepository } from '../support/repository.ts';

/** Stands in for dbcheck: notes how the hook called it, and ends as the repository's file `../code` says. */
const RECORDER = `#!/bin/sh
{ pwd; echo "$*"; git ls-files --cached | tr '\\n' ' '; echo; } >> "$RECORD"
exit "$(cat "$RECORD.code" 2>/dev/null || echo 0)"
`;

interface Guarded {
  readonly repository: TestRepository;
  readonly record: string;
  /** Writes and stages everything, then commits through the hooks. */
  commit(files: Files, ...args: string[]): Promise<{ exitCode: number; stderr: string }>;
  git(...args: string[]): Promise<{ exitCode: number; stderr: string }>;
  /** What the hook asked of dbcheck since the last call: folder, arguments and index of each run. */
  calls(): Promise<readonly { cwd: string; args: string; index: string }[]>;
}

async function guarded(
  changes: Partial<GuardOptions> = {},
  runner: 'git' | 'none' = 'git',
  kinds: readonly HookKind[] = ['pre-commit', 'pre-merge-commit'],
): Promise<Guarded> {
  const repository = await temporaryRepository();
  const options: GuardOptions = {
    projectDir: '',
    pathspecs: ['db', ':(glob)*.sql'],
    programs: ['node_modules/.bin/dbcheck'],
    command: 'staged',
    lintStaged: null,
    ...changes,
  };
  await repository.write({ '.gitignore': 'node_modules/\n' });
  await repository.write({ [options.programs[0] ?? '']: RECORDER }, 0o755);
  if (runner === 'git') {
    for (const kind of kinds) await repository.hook(kind, hookScript({ ...options, kind, runner }));
  }
  const record = `${repository.root}/../record`;
  let seen = 0;
  const git = (...args: string[]) => repository.tryGit(args, { env: { RECORD: record } });
  return {
    repository,
    record,
    git,
    async commit(files, ...args) {
      await repository.write(files);
      await repository.git('add', '--all');
      return git('commit', '--quiet', '-m', 'Change', ...args);
    },
    async calls() {
      const text = await readFile(record, 'utf8').catch(() => '');
      const lines = text.split('\n').slice(0, -1);
      const runs = Array.from({ length: lines.length / 3 }, (_, run) => {
        const [cwd = '', args = '', index = ''] = lines.slice(run * 3, run * 3 + 3);
        return { cwd, args, index: index.trim() };
      });
      const fresh = runs.slice(seen);
      seen = runs.length;
      return fresh;
    },
  };
}

describe('a guard in a real commit', () => {
  it('is silent where nothing it watches is staged', async () => {
    const { commit, calls } = await guarded();
    expect(await commit({ 'README.md': 'x', 'other/a.sql': 'x' })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await calls()).toEqual([]);
  });

  it('asks dbcheck about an added, changed, renamed or deleted file, also in the first commit', async () => {
    const { repository, commit, git, calls } = await guarded();
    expect((await commit({ 'db/a.hcl': 'x'.repeat(99), 'b.sql': 'x' })).exitCode).toBe(0);
    expect(await calls()).toEqual([
      { cwd: repository.root, args: 'staged', index: '.gitignore b.sql db/a.hcl' },
    ]);
    await commit({ 'b.sql': 'y' });
    expect(await calls()).toHaveLength(1);
    await repository.git('mv', 'db/a.hcl', 'away');
    await git('commit', '-q', '-m', 'Rename');
    expect(await calls()).toEqual([{ cwd: repository.root, args: 'staged', index: '.gitignore away b.sql' }]);
    await commit({ 'b.sql': null });
    expect(await calls()).toHaveLength(1);
  });

  it('lets dbcheck refuse, with its exit code', async () => {
    const { repository, record, commit } = await guarded();
    await repository.write({ '../record.code': '2' });
    expect(record.endsWith('/record')).toBe(true);
    expect((await commit({ 'db/a.hcl': 'x' })).exitCode).toBe(1);
    expect((await repository.tryGit(['rev-parse', '--verify', 'HEAD'])).exitCode).not.toBe(0);
  });

  it('sees what commit -a, commit PATH and commit --amend are about to record', async () => {
    const { repository, commit, git, calls } = await guarded();
    await commit({ 'db/a.hcl': '1', 'db/b.hcl': '1', 'README.md': '1' });
    await calls();
    await repository.write({ 'db/a.hcl': '2' });
    await git('commit', '-q', '-a', '-m', 'All');
    expect(await calls()).toHaveLength(1);
    await repository.write({ 'db/c.hcl': '3', 'README.md': '2' });
    await repository.git('add', 'db/c.hcl');
    await git('commit', '-q', '-m', 'Path', '--', 'README.md');
    expect(await calls()).toEqual([]);
    await git('commit', '-q', '--amend', '-m', 'Amend');
    expect(await calls()).toEqual([
      { cwd: repository.root, args: 'staged', index: '.gitignore README.md db/a.hcl db/b.hcl db/c.hcl' },
    ]);
  });

  it('does not look at what is only meant to be added', async () => {
    const { repository, git, calls } = await guarded();
    await repository.write({ 'db/a.hcl': 'x' });
    await repository.git('add', '--intent-to-add', 'db/a.hcl');
    await repository.git('add', '.gitignore');
    expect((await git('commit', '-q', '-m', 'Other')).exitCode).toBe(0);
    expect(await calls()).toEqual([]);
  });

  it('runs for a clean merge and for one whose conflict was resolved', async () => {
    const { repository, commit, git, calls } = await guarded();
    await commit({ 'db/a.hcl': '1' });
    await repository.git('checkout', '-q', '-b', 'side');
    await commit({ 'db/b.hcl': '1' });
    await repository.git('checkout', '-q', 'main');
    await commit({ 'README.md': '1' });
    await calls();
    await git('merge', '-q', '-m', 'Merge', 'side');
    expect(await calls()).toEqual([
      { cwd: repository.root, args: 'staged', index: '.gitignore README.md db/a.hcl db/b.hcl' },
    ]);
    await repository.git('checkout', '-q', '-b', 'other');
    await commit({ 'db/a.hcl': '2' });
    await repository.git('checkout', '-q', 'main');
    await commit({ 'db/a.hcl': '3' });
    await calls();
    expect((await git('merge', '-q', 'other')).exitCode).toBe(1);
    await commit({ 'db/a.hcl': '4' });
    expect(await calls()).toHaveLength(1);
    await repository.write({ '../record.code': '1' });
    await repository.git('checkout', '-q', '-b', 'third', 'HEAD~');
    await repository.commit({ 'db/third.hcl': '1' });
    expect((await git('merge', '-q', '-m', 'Merge', 'main')).exitCode).not.toBe(0);
    expect(await repository.git('log', '-1', '--format=%s')).toBe('Change');
  });

  it('says what to install where dbcheck is not there, and refuses', async () => {
    const { repository, commit } = await guarded();
    await repository.write({ 'node_modules/.bin/dbcheck': null });
    expect(await commit({ 'README.md': 'x' })).toMatchObject({ exitCode: 0 });
    const refused = await commit({ 'db/a.hcl': 'x' });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toBe(
      'dbcheck: this commit changes database files, but dbcheck is not installed. Run: npm ci\n',
    );
  });

  it('tries each place where dbcheck may be installed', async () => {
    const { commit, calls } = await guarded({ programs: ['deep/dbcheck', 'web/dbcheck'] });
    await commit({ 'db/a.hcl': 'x' });
    expect(await calls()).toHaveLength(1);
    const other = await guarded({ programs: ['web/dbcheck'].concat('deep/dbcheck').reverse() });
    await other.repository.write({ 'deep/dbcheck': null });
    await other.repository.write({ 'web/dbcheck': RECORDER }, 0o755);
    await other.commit({ 'db/a.hcl': 'x' });
    expect(await other.calls()).toHaveLength(1);
  });

  it('asks dbcheck rather than nobody when git can’t tell', async () => {
    const { commit, calls } = await guarded({ pathspecs: [':(nonsense)x'] });
    await commit({ 'README.md': 'x' });
    expect(await calls()).toHaveLength(1);
  });

  it.each(['GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS'])(
    'is not fooled by %s',
    async (name) => {
      const { repository, record, calls } = await guarded();
      await repository.write({ 'b.sql': 'x' });
      await repository.git('add', '--all');
      await repository.tryGit(['commit', '-q', '-m', 'x'], { env: { RECORD: record, [name]: '1' } });
      expect(await calls()).toHaveLength(1);
    },
  );

  it('is not fooled by settings that change a diff', async () => {
    const { repository, commit, calls } = await guarded();
    for (const setting of [
      'diff.external=true',
      'diff.trustExitCode=true',
      'diff.relative=true',
      'color.ui=always',
    ]) {
      const [name = '', value = ''] = setting.split('=');
      await repository.git('config', name, value);
    }
    await repository.write({ '.gitattributes': '* -diff\n' });
    await commit({ 'db/a.hcl': 'x' });
    await commit({ 'db/a.hcl': 'y' });
    expect(await calls()).toHaveLength(2);
  });

  it('watches exactly what a hostile path names', async () => {
    const hostile = [
      "it's",
      '[a]*',
      ':(top)x',
      'new\nline',
      '-dash',
      'back\\slash',
      '$HOME `id`',
      'byte\udce9',
      'é "q"',
    ];
    for (const name of hostile) {
      const { repository, commit, calls } = await guarded({}, 'none');
      const specs = pathspecs([tree(name), glob(`d/${escapeGlob(name)}/*`)]);
      const script = hookScript({
        kind: 'pre-commit',
        runner: 'git',
        projectDir: '',
        pathspecs: specs,
        programs: ['node_modules/.bin/dbcheck'],
        command: 'staged',
        lintStaged: null,
      });
      await repository.write({ '.git/hooks/pre-commit': encodePath(script) }, 0o755);
      await commit({
        'a]b': 'x',
        a: 'x',
        x: 'x',
        [`${name}2`]: 'x',
        [`d/${name}`]: 'x',
      });
      expect(await calls(), name).toEqual([]);
      await commit({ [name]: 'x' });
      expect(await calls(), name).toHaveLength(1);
    }
  });

  it('leaves the lines after it their turn, also under sh -e', async () => {
    const { repository, record, calls } = await guarded({}, 'none');
    const script = hookScript({
      kind: 'pre-commit',
      runner: 'husky',
      projectDir: '',
      pathspecs: ['db'],
      programs: ['node_modules/.bin/dbcheck'],
      command: 'staged',
      lintStaged: null,
    });
    const shell = async () => {
      const env = { ...repository.env, RECORD: record };
      return run('sh', ['-e', '-c', `${script}echo after`], { cwd: repository.root, env });
    };
    expect((await shell()).stdout.toString()).toBe('after\n');
    await repository.write({ 'db/a': 'x' });
    await repository.git('add', '--all');
    expect((await shell()).stdout.toString()).toBe('after\n');
    expect(await calls()).toHaveLength(1);
    await repository.write({ '../record.code': '1' });
    expect(await shell()).toMatchObject({ exitCode: 1 });
    expect((await shell()).stdout.toString()).toBe('');
  });
});

describe("a guard of git's own hook", () => {
  it('refuses also where lines after it would pass', async () => {
    const { repository, commit } = await guarded({}, 'none');
    const script = hookScript({
      ...{ kind: 'pre-commit', runner: 'git', projectDir: '', pathspecs: ['db'], lintStaged: null },
      ...{ programs: ['node_modules/.bin/dbcheck'], command: 'staged' },
    });
    await repository.hook('pre-commit', `${script}true\n`);
    await repository.write({ '../record.code': '1' });
    expect((await commit({ 'db/a': 'x' })).exitCode).toBe(1);
  });
});

describe('a guard of a project below the git root', () => {
  const web = {
    projectDir: 'web',
    pathspecs: ['web/db'],
    programs: ['web/node_modules/.bin/dbcheck', 'node_modules/.bin/dbcheck'],
  };

  it('runs dbcheck in the project’s folder on the index of the commit', async () => {
    const { repository, commit, git, calls } = await guarded(web);
    await commit({ 'web/db/a.hcl': 'x', 'db/a': 'x' });
    await repository.write({ 'web/db/a.hcl': 'y', other: 'x' });
    await repository.git('add', 'other');
    await git('commit', '-q', '-m', 'Path', '--', 'web/db/a.hcl');
    expect(await calls()).toEqual([
      { cwd: `${repository.root}/web`, args: 'staged', index: 'db/a.hcl' },
      { cwd: `${repository.root}/web`, args: 'staged', index: 'db/a.hcl' },
    ]);
  });

  it('knows the repository where git was told of it by relative names', async () => {
    const { repository, git, calls } = await guarded(web);
    await repository.write({ 'web/db/a.hcl': 'x' });
    await repository.git('add', '--all');
    const result = await git('--git-dir=.git', '--work-tree=.', 'commit', '-q', '-m', 'x');
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await calls()).toEqual([{ cwd: `${repository.root}/web`, args: 'staged', index: 'db/a.hcl' }]);
  });

  it('works in a linked work tree', async () => {
    const { repository, record, calls } = await guarded(web);
    await repository.commit({ 'web/keep': 'x' });
    await repository.git('worktree', 'add', '-q', '../linked');
    const linked = `${repository.root}/../linked`;
    await cp(`${repository.root}/web/node_modules`, `${linked}/web/node_modules`, { recursive: true });
    await repository.write({ '../linked/web/db/a.hcl': 'x' });
    await repository.tryGit(['add', '--all'], { cwd: linked });
    const result = await repository.tryGit(['commit', '-q', '-m', 'x'], {
      cwd: linked,
      env: { RECORD: record },
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await calls()).map(({ index }) => index)).toEqual(['db/a.hcl keep']);
  });

  it('says in which folder to install', async () => {
    const { repository, commit } = await guarded({ ...web, projectDir: "it's web" });
    await repository.write({ 'web/node_modules/.bin/dbcheck': null });
    const refused = await commit({ 'web/db/a.hcl': 'x' });
    expect(refused.stderr).toContain("Run: cd 'it'\\''s web' && npm ci\n");
    expect(refused.exitCode).toBe(1);
  });
});
