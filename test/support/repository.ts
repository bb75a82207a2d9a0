import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatusResult } from 'simple-git';
import { onTestFinished } from 'vitest';
import { encodePath } from '../../src/git/path-bytes.ts';
import type { Repository } from '../../src/git/repository.ts';
import { openRepository } from '../../src/git/repository.ts';
import type { RunResult } from '../../src/process/run.ts';
import { run } from '../../src/process/run.ts';

/** A path of the core to its content; null deletes the file. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

interface GitCall {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** A real git repository in a temporary folder, apart from the settings of whoever runs the tests. */
export interface TestRepository {
  /** Absolute, without symbolic links. */
  readonly root: string;
  /** The whole environment for a program in it: a home of its own, a fixed author, no variable of git's. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs git, which must succeed; gives what it prints without the newline at the end. */
  git(...args: string[]): Promise<string>;
  /** Runs git to whatever end. */
  tryGit(args: readonly string[], call?: GitCall): Promise<RunResult>;
  /** Writes or deletes files on disk, and the folders above them. */
  write(files: Files, mode?: number): Promise<void>;
  read(path: string): Promise<Buffer>;
  /** Absolute path of a file on disk, in bytes, since it may not be text. */
  path(path: string): Buffer;
  /** Writes files, stages the whole work tree and commits it without running hooks; gives the commit's hash. */
  commit(files?: Files, message?: string): Promise<string>;
  /** Makes an executable hook. */
  hook(name: string, script: string): Promise<void>;
  /** Opens it as dbcheck does. */
  open(call?: Pick<GitCall, 'cwd' | 'env'>): Promise<Repository>;
  status(): Promise<StatusResult>;
  /** Removes it from the disk. */
  remove(): Promise<void>;
}

export interface RepositoryShape {
  readonly objectFormat?: 'sha1' | 'sha256';
  /** The name of its folder. */
  readonly name?: string;
}

/** A repository that goes at the end of the running test. */
export async function temporaryRepository(shape: RepositoryShape = {}): Promise<TestRepository> {
  const repository = await createRepository(shape);
  onTestFinished(() => repository.remove());
  return repository;
}

/** A repository for `beforeAll`: whoever makes it calls `remove()`. */
export async function createRepository(shape: RepositoryShape = {}): Promise<TestRepository> {
  const { dir, env } = await temporaryHome();
  const root = join(dir, shape.name ?? 'repository');
  const init = [
    'init',
    '--quiet',
    '--initial-branch=main',
    `--object-format=${shape.objectFormat ?? 'sha1'}`,
  ];
  await expectSuccess(await run('git', [...init, root], { cwd: dir, env }));
  return repositoryAt(root, env, () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
}

/** The same for a folder that git made into a work tree already: a clone, a linked work tree, a submodule. */
export function repositoryAt(
  root: string,
  env: NodeJS.ProcessEnv,
  remove: () => Promise<void> = async () => {},
): TestRepository {
  const repository: TestRepository = {
    root,
    env,
    async git(...args) {
      const result = await repository.tryGit(args);
      return expectSuccess(result).stdout.toString().replace(/\n$/, '');
    },
    tryGit: (args, call = {}) =>
      run('git', args, {
        cwd: call.cwd ?? root,
        env: { ...env, ...call.env },
        ...(call.input === undefined ? {} : { input: call.input }),
      }),
    async write(files, mode) {
      for (const [path, content] of Object.entries(files)) {
        await rm(repository.path(path), { force: true });
        if (content === null) continue;
        await mkdir(repository.path(path.slice(0, Math.max(path.lastIndexOf('/'), 0))), { recursive: true });
        await writeFile(repository.path(path), content, mode === undefined ? {} : { mode });
      }
    },
    read: (path) => readFile(repository.path(path)),
    path: (path) => Buffer.concat([Buffer.from(`${root}/`), encodePath(path)]),
    async commit(files = {}, message = 'Change') {
      await repository.write(files);
      await repository.git('add', '--all');
      await repository.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', message);
      return repository.git('rev-parse', 'HEAD');
    },
    async hook(name, script) {
      const folder = await repository.git('rev-parse', '--path-format=absolute', '--git-path', 'hooks');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), script, { mode: 0o755 });
    },
    open: (call = {}) => openRepository({ cwd: call.cwd ?? root, env: { ...env, ...call.env } }),
    async status() {
      const { simpleGit } = await import('simple-git');
      // It runs in the environment of the tests, so what a user may have set there is set back.
      const config = ['core.excludesFile=/dev/null', 'status.showUntrackedFiles=all'];
      return simpleGit({ baseDir: root, config }).status();
    },
    remove,
  };
  return repository;
}

async function temporaryHome(): Promise<{ dir: string; env: NodeJS.ProcessEnv }> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'repository-')));
  const home = join(dir, 'home');
  await mkdir(home);
  const env = {
    PATH: process.env['PATH'],
    TMPDIR: tmpdir(),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Author',
    GIT_AUTHOR_EMAIL: 'author@example.com',
    GIT_AUTHOR_DATE: '2024-01-02T03:04:05Z',
    GIT_COMMITTER_NAME: 'Committer',
    GIT_COMMITTER_EMAIL: 'committer@example.com',
    GIT_COMMITTER_DATE: '2024-01-02T03:04:05Z',
  };
  return { dir, env };
}

function expectSuccess(result: RunResult): RunResult {
  if (result.exitCode !== 0) throw new Error(`git exited with ${result.exitCode}: ${result.stderr}`);
  return result;
}
