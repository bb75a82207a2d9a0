import { spawn } from 'node:child_process';

/** A program in a terminal of its own. */
export interface InTerminal {
  /** What the terminal was sent so far, control sequences included. */
  shown(): string;
  /** Types something, such as `\u0003` for Ctrl-C. */
  type(text: string): void;
  /** Its exit code. */
  readonly ended: Promise<number>;
}

/** Starts a program in a terminal, by the system's `script`. */
export function inTerminal(
  command: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): InTerminal {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const args =
    process.platform === 'darwin' ? ['-qe', '/dev/null', ...command] : ['-qec', `exec ${words}`, '/dev/null'];
  const child = spawn('script', args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let shown = '';
  child.stdout.on('data', (bytes: Buffer) => {
    shown += bytes.toString();
  });
  return {
    shown: () => shown,
    type: (text) => child.stdin.write(text),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? -1));
    }),
  };
}
