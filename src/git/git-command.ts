import { existsSync } from 'node:fs';
import { CheckError } from '../errors.ts';
import type { RunResult } from '../process/run.ts';
import { runBriefly } from '../process/run-briefly.ts';

export interface GitOptions {
  readonly input?: Buffer | string;
  /** Hand back a non-zero exit code as a result. */
  readonly allowFailure?: boolean;
  /** Set over the repository's environment, for instance another index. */
  readonly env?: Readonly<Record<string, string>>;
  /** `name=value` pairs, set over the repository's configuration for this one call. */
  readonly config?: readonly string[];
  /** Bytes of output after which git is killed. */
  readonly maxOutput?: number;
}

/** So that no setting of the user, the repository or the hook's caller changes what git prints. */
const CONFIGURATION = [
  'core.quotepath=off',
  'core.fsmonitor=false',
  'core.safecrlf=false',
  'submodule.recurse=false',
  'color.ui=false',
  'gc.auto=0',
];

/**
 * Runs git with a configuration that is the same everywhere.
 *
 * @param where the folder, and the whole environment, of git
 * @throws CheckError `git-failed`, `object-missing`, `tool-missing`, `output-too-large`; `not-a-repository` if the folder does not exist
 */
export async function runGit(
  args: readonly string[],
  where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  options: GitOptions,
): Promise<RunResult> {
  const settings = [...CONFIGURATION, ...(options.config ?? [])].flatMap((setting) => ['-c', setting]);
  const result = await runBriefly('git', ['--no-pager', ...settings, ...args], {
    cwd: where.cwd,
    env: { ...where.env, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
    maxOutput: options.maxOutput,
  }).catch((error: unknown) => {
    throw gitMissing(error, where.cwd);
  });
  if (result.exitCode === 0 || options.allowFailure === true) return result;
  const words = result.stderr.trim();
  if (/promisor remote|lazy fetching disabled/.test(words)) {
    throw new CheckError(
      'object-missing',
      `git has to fetch objects that this partial clone lacks\n${words}`,
      {
        hint: 'git fetch --refetch --no-filter',
      },
    );
  }
  throw new CheckError(
    'git-failed',
    `git ${args[0] ?? ''} failed with exit code ${result.exitCode}\n${words}`.trimEnd(),
    { hint: 'mend what git says, then run the same command again' },
  );
}

function gitMissing(error: unknown, cwd: string): unknown {
  if (!(error instanceof CheckError) || error.code !== 'program-missing') return error;
  if (!existsSync(cwd)) {
    return new CheckError('not-a-repository', `the folder ${cwd} does not exist`, { cause: error });
  }
  return new CheckError('tool-missing', 'git is not on PATH', {
    hint: 'install git, or start dbcheck with a PATH that has it',
    cause: error,
  });
}
