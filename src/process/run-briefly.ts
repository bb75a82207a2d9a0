import { execFile } from 'node:child_process';
import { CheckError } from '../errors.ts';
import type { RunOptions, RunResult } from './run.ts';

/**
 * Does what `run` does for a program that needs no input and ends soon, without loading what `run` is made with, which
 * takes longer than git's answers: for the moments in which nothing else is loaded yet.
 *
 * @throws CheckError `program-missing` if it can't be started, `program-killed` if a signal ended it
 */
export function runBriefly(
  file: string,
  args: readonly string[],
  { cwd, env }: Pick<RunOptions, 'cwd' | 'env'>,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env, encoding: 'buffer', maxBuffer: 1024 * 1024 * 1024 } as const;
    const child = execFile(file, [...args], options, (error, stdout, stderr) => {
      const exitCode = child.exitCode;
      if (exitCode !== null && exitCode >= 0) resolve({ exitCode, stdout, stderr: stderr.toString() });
      else if (child.pid === undefined) reject(new CheckError('program-missing', `${file} can't be started`));
      else
        reject(new CheckError('program-killed', `${file} ended early: ${error?.message ?? 'by a signal'}`));
    });
    child.stdin?.end();
  });
}
