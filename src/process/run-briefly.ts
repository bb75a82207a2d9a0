import { execFile } from 'node:child_process';
import { CheckError } from '../errors.ts';
import type { RunOptions, RunResult } from './run.ts';

const MOST_OUTPUT = 1024 * 1024 * 1024;

/**
 * Runs a program that soon ends by itself, with bytes in and bytes out, without a shell. What `run` can do besides, with a
 * library that takes as long to load as Node itself to start, a call of git has no need of.
 *
 * @throws CheckError `program-missing` if it can't be started, `program-killed` if a signal ended it,
 * `output-too-large` if it prints too much
 */
export async function runBriefly(
  file: string,
  args: readonly string[],
  {
    cwd,
    env,
    input,
    maxOutput = MOST_OUTPUT,
    timeout = 0,
  }: Pick<RunOptions, 'cwd' | 'env' | 'input' | 'maxOutput' | 'timeout'>,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const limits = { maxBuffer: maxOutput, timeout, killSignal: 'SIGKILL' } as const;
    const options = { cwd, env, encoding: 'buffer', ...limits } as const;
    const end = (): void => void child.kill('SIGKILL');
    // What has a limit is not trusted to end by itself, and must not outlive this process.
    if (timeout > 0) process.once('exit', end);
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      process.removeListener('exit', end);
      const words = stderr.toString();
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr: words });
      else if (exitCode === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
        reject(new CheckError('output-too-large', `${file} prints more than ${maxOutput} bytes`));
      } else reject(failure(file, error, words));
    });
    // A program may end without having read all of it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

function failure(
  file: string,
  error: { readonly code?: unknown; readonly message: string; readonly signal?: unknown } | null,
  words: string,
): CheckError {
  if (error?.code === 'ENOENT' || error?.code === 'EACCES') {
    return new CheckError('program-missing', `${file} can't be started: ${error.code}`);
  }
  const cause =
    typeof error?.signal === 'string' ? `by ${error.signal}` : (error?.message ?? 'unknown cause');
  return new CheckError('program-killed', `${file} ended early: ${cause}\n${words}`.trimEnd());
}
