import { type ChildProcess, execFile } from 'node:child_process';
import type { CheckError } from '../errors.ts';
import { outputTooLarge, programKilled, programMissing } from './program-errors.ts';
import type { RunOptions, RunResult } from './run.ts';

const MOST_OUTPUT = 1024 * 1024 * 1024;

/** Those that must not outlive this process; one listener of its exit for all, since Node warns of the eleventh. */
const atWork = new Set<ChildProcess>();

function endAll(): void {
  for (const child of atWork) child.kill('SIGKILL');
}

/**
 * Runs a program that soon ends by itself, with bytes in and bytes out, without a shell. What `run` can do besides, with a
 * library that takes as long to load as Node itself to start, a call of git or of a generator has no need of.
 *
 * @param options `signal` asks it to end; what does not end by then ends with this process
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
    signal,
  }: Pick<RunOptions, 'cwd' | 'env' | 'input' | 'maxOutput' | 'timeout' | 'signal'>,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const limits = { maxBuffer: maxOutput, timeout, killSignal: 'SIGKILL' } as const;
    const options = { cwd, env, encoding: 'buffer', ...limits } as const;
    const askToEnd = (): void => void child.kill('SIGTERM');
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      atWork.delete(child);
      if (atWork.size === 0) process.off('exit', endAll);
      signal?.removeEventListener('abort', askToEnd);
      const words = stderr.toString();
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr: words });
      else if (exitCode === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
        reject(outputTooLarge(file, maxOutput));
      } else reject(failure(file, error, words));
    });
    // What has a limit, or may be asked to end, is not trusted to end by itself.
    if (timeout > 0 || signal !== undefined) {
      if (atWork.size === 0) process.on('exit', endAll);
      atWork.add(child);
    }
    signal?.addEventListener('abort', askToEnd);
    if (signal?.aborted === true) askToEnd();
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
    return programMissing(file, error.code);
  }
  const cause =
    typeof error?.signal === 'string' ? `by ${error.signal}` : (error?.message ?? 'unknown cause');
  return programKilled(file, cause, words);
}
