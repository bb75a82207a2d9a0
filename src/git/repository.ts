import { isUtf8 } from 'node:buffer';
import { realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { CheckError } from '../errors.ts';
import type { RunResult } from '../process/run.ts';
import { repositoryEnvironment } from './environment.ts';
import type { GitOptions } from './git-command.ts';
import { runGit } from './git-command.ts';
import { decodePath, quotePath } from './path-bytes.ts';

export type { GitOptions } from './git-command.ts';

/** A git repository with a work tree, as the process that started us sees it. All paths but `cwdPrefix` are absolute. */
export interface Repository {
  /** The top of the work tree. */
  readonly root: string;
  /** The git folder of this work tree; differs from `commonDir` in a linked work tree. */
  readonly gitDir: string;
  readonly commonDir: string;
  /** What `GIT_ALTERNATE_OBJECT_DIRECTORIES` must be for a git with another object store to find all objects of this. */
  readonly objectSearchPath: string;
  /** The index that the commit in progress uses: `GIT_INDEX_FILE` honoured, which is relative in hooks. */
  readonly indexFile: string;
  /** The index that git uses outside of a hook. */
  readonly mainIndexFile: string;
  /** Whether `indexFile` is the throw-away index of `git commit PATH`. */
  readonly privateIndex: boolean;
  /** The folder that git runs hooks from, `core.hooksPath` honoured. */
  readonly hooksDir: string;
  /** Where the caller stands below `root`, such as `web/api`, or ''. */
  readonly cwdPrefix: string;
  readonly objectFormat: 'sha1' | 'sha256';
  /**
   * Runs git at the root of this repository with a fixed environment: optional locks off, English messages, literal
   * pathspecs, no network, no replaced objects.
   *
   * @throws CheckError `git-failed` with git's own words, unless `allowFailure` is set; `object-missing` if git would
   * have to fetch; `tool-missing` if there is no git
   */
  git(args: readonly string[], options?: GitOptions): Promise<RunResult>;
}

/** Where to look for a repository, and the environment that says more about it: git sets `GIT_DIR` and others for hooks. */
export interface RepositoryOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** `rev-parse` repeats an option that it does not know, which separates answers that may hold newlines. */
const SEPARATOR = '--dbcheck';

const QUESTIONS: readonly (readonly string[])[] = [
  ['--is-bare-repository'],
  ['--show-object-format'],
  ['--show-prefix'],
  ['--absolute-git-dir'],
  ['--git-common-dir'],
  ['--git-path', 'index'],
  ['--git-path', 'objects'],
  ['--git-path', 'hooks'],
  // Last, since it fails where there is no work tree, and by then the other answers are there.
  ['--show-toplevel'],
];

interface Answers {
  readonly result: RunResult;
  readonly values: readonly Buffer[];
}

/**
 * Finds the repository that a folder belongs to, and its exact parts, with one call of `rev-parse`.
 *
 * @throws CheckError `not-a-repository`, also for a bare one and for one that git refuses to trust (`safe.directory`);
 * `tool-missing` if there is no git; `git-failed` if git is too old (before 2.31)
 */
export async function openRepository(options: RepositoryOptions): Promise<Repository> {
  const { values } = await locate(options);
  const text = values.map(absolutePath);
  const [, objectFormat, , gitDir, commonDir, indexFile, objectsDir, hooksDir, root] = text;
  if (
    (objectFormat !== 'sha1' && objectFormat !== 'sha256') ||
    gitDir === undefined ||
    commonDir === undefined ||
    indexFile === undefined ||
    objectsDir === undefined ||
    hooksDir === undefined ||
    root === undefined ||
    !isAbsolute(root)
  ) {
    throw new CheckError('git-failed', 'git rev-parse gives an answer that dbcheck does not understand', {
      hint: 'dbcheck needs git 2.31 or newer: git --version',
    });
  }
  const env = {
    ...repositoryEnvironment(options.env),
    GIT_DIR: gitDir,
    GIT_WORK_TREE: root,
    GIT_INDEX_FILE: indexFile,
  };
  return {
    root,
    gitDir,
    commonDir,
    objectSearchPath: [quotePath(objectsDir), options.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'] ?? '']
      .filter((part) => part !== '')
      .join(delimiter),
    indexFile,
    mainIndexFile: join(gitDir, 'index'),
    // The name stands in git's builtin/commit.c.
    privateIndex: dirname(indexFile) === gitDir && /^next-index-\d+\.lock$/.test(basename(indexFile)),
    hooksDir,
    cwdPrefix: decodePath(values[2] ?? Buffer.alloc(0)).replace(/\/$/, ''),
    objectFormat,
    git: (args, gitOptions = {}) => runGit(args, { cwd: root, env }, gitOptions),
  };
}

/**
 * Asks git where the repository is. Without a `GIT_WORK_TREE`, or with a relative one, git takes the current folder
 * for the top of the work tree when `GIT_DIR` is set, as it is in the hooks of linked work trees; a hook that changed
 * into a subfolder would then see the wrong tree. Discovery finds the right one, if it finds that same git folder.
 */
async function locate(options: RepositoryOptions): Promise<Answers> {
  const { GIT_DIR: gitDir, GIT_WORK_TREE: workTree, ...rest } = options.env;
  if (gitDir !== undefined && (workTree === undefined || !isAbsolute(workTree))) {
    const discovered = await ask({ ...options, env: rest });
    const [found, named] = [
      discovered.values[3],
      await realpath(resolve(options.cwd, gitDir)).catch(() => ''),
    ];
    if (discovered.result.exitCode === 0 && found?.toString() === named) return discovered;
  }
  const answers = await ask(options);
  if (answers.result.exitCode !== 0) throw notARepository(options.cwd, answers);
  return answers;
}

async function ask(options: RepositoryOptions): Promise<Answers> {
  const questions = QUESTIONS.flatMap((question) => [SEPARATOR, ...question]);
  const result = await runGit(
    ['rev-parse', '--path-format=absolute', ...questions],
    { cwd: options.cwd, env: repositoryEnvironment(options.env) },
    { allowFailure: true },
  );
  const values = `\n${result.stdout.toString('latin1')}`
    .split(`\n${SEPARATOR}\n`)
    .slice(1)
    .map((value) => Buffer.from(value, 'latin1'));
  const last = values.length - 1;
  if (last >= 0) values[last] = values[last]?.subarray(0, -1) ?? Buffer.alloc(0);
  return { result, values };
}

function notARepository(cwd: string, answers: Answers): CheckError {
  const words = answers.result.stderr.trim();
  if (answers.values[0]?.toString() === 'true') {
    return new CheckError(
      'not-a-repository',
      `${cwd} is in a bare repository, which has no work tree to check`,
      {
        hint: 'run dbcheck in a clone of it',
      },
    );
  }
  if (/dubious ownership|safe\.directory/.test(words)) {
    return new CheckError('not-a-repository', `git does not trust the repository at ${cwd}\n${words}`, {
      hint: `git config --global --add safe.directory ${cwd}`,
    });
  }
  return new CheckError('not-a-repository', `${cwd} is not in the work tree of a git repository\n${words}`, {
    hint: 'run dbcheck in a git repository, or make one: git init',
  });
}

/** A path that Node can use as a working directory, which must be text. */
function absolutePath(bytes: Buffer, index: number): string {
  if (isUtf8(bytes) || index === 2) return bytes.toString('utf8');
  throw new CheckError('not-a-repository', `the path of the repository is not UTF-8: ${decodePath(bytes)}`, {
    hint: 'move the repository to a folder with a name in UTF-8',
  });
}
