import { openRepository } from '../git/repository.ts';
import { readWorktree } from '../git/worktree.ts';
import { runInit } from '../hooks/install.ts';
import type { CommandResult, CommonOptions } from './options.ts';

/**
 * `dbcheck init`: writes the hooks into this repository, never over anybody else's, and a configuration where sqlc's
 * own stand at other places than the default.
 *
 * @throws CheckError where there is nothing to guard
 */
export async function init(
  options: CommonOptions,
  wanted: { readonly lintStaged: boolean },
): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readWorktree(repo);
  const { lines, exitCode } = await runInit({
    ...{ repo, snapshot },
    ...{ config: options.config, env: options.env, lintStaged: wanted.lintStaged },
  });
  return { exitCode, stdout: lines.map((line) => `${line}\n`).join(''), stderr: '' };
}
