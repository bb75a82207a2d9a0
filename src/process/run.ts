import { tieProcessGroup } from './process-group.ts';
import { outputTooLarge, programKilled, programMissing } from './program-errors.ts';

/** How to run a program: nothing is inherited that is not named here. */
export interface RunOptions {
  readonly cwd: string;
  /** The whole environment of the child. */
  readonly env: NodeJS.ProcessEnv;
  readonly input?: Buffer | string | undefined;
  /** Milliseconds after which the program is killed and a `CheckError` is thrown. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Runs the program as this user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | null | undefined;
  /** Runs the program in a process group of its own, of which nothing is left when the program ends, however it ends. */
  readonly ownGroup?: boolean | undefined;
  /** Bytes of output after which the program is killed, and a `CheckError` is thrown. */
  readonly maxOutput?: number | undefined;
}

const MAX_OUTPUT = 1024 * 1024 * 1024;

/** What a program left behind. A non-zero exit code is a result, not an exception. */
export interface RunResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs a program to its end with bytes in and bytes out, without a shell.
 *
 * @throws CheckError `program-missing` if it can't be started, `program-killed` if a signal or the timeout ended it,
 * `output-too-large` if it prints too much
 */
export async function run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  // Loaded here and not at the top: a run that finds no work to do never pays for it.
  const { execa } = await import('execa');
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    maxBuffer: options.maxOutput ?? MAX_OUTPUT,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    ...(options.user ?? {}),
    ...(options.ownGroup ? { detached: true } : {}),
  });
  if (options.ownGroup && child.pid !== undefined) child.once('exit', tieProcessGroup(child.pid));
  const result = await child;
  if (result.isMaxBuffer) {
    throw outputTooLarge(file, options.maxOutput ?? MAX_OUTPUT);
  }
  const stderr = Buffer.from(result.stderr ?? []).toString();
  if (result.exitCode !== undefined) {
    return { exitCode: result.exitCode, stdout: Buffer.from(result.stdout ?? []), stderr };
  }
  if (result.code === 'ENOENT' || result.code === 'EACCES') {
    throw programMissing(file, result.code);
  }
  throw programKilled(file, result.shortMessage ?? 'unknown cause', stderr);
}
