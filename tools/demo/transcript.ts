import picocolors from 'picocolors';
import { run } from '../../src/process/run.ts';

/** What a command of the demo has to come to. */
interface Expected {
  readonly exitCode: number;
  /** Texts that have to stand in what it prints. */
  readonly says?: readonly string[];
  /** Where it has to print nothing at all. */
  readonly silent?: boolean;
  /** How many lines are shown before the last one; those between are counted. Default: all. */
  readonly shown?: number;
}

/** A terminal session on record: commands are echoed and really run, and each is held against what it should do. */
export interface Transcript {
  /** A heading. */
  scene(title: string): void;
  /** A line of narration. */
  say(text: string): void;
  /** Runs a command in the repository and prints it with its output. @throws Error if it does anything unexpected */
  command(words: readonly string[], expected?: Expected): Promise<void>;
}

/**
 * @param cwd the folder that commands run in
 * @param env their whole environment
 * @param color whether to color, and to have the commands color
 */
export function openTranscript(cwd: string, env: NodeJS.ProcessEnv, color: boolean): Transcript {
  const colors = picocolors.createColors(color);
  const print = (text: string) => process.stdout.write(text);
  return {
    scene: (title) => print(`\n${colors.bold(colors.cyan(`── ${title} `.padEnd(90, '─')))}\n`),
    say: (text) => print(`${colors.dim(`# ${text}`)}\n`),
    async command(words, expected = { exitCode: 0 }) {
      print(`${colors.bold(`$ ${words.map(quoted).join(' ')}`)}\n`);
      const [program = '', ...args] = words;
      const result = await run(program, args, { cwd, env });
      const text = `${result.stdout.toString()}${result.stderr}`;
      print(abridged(text, expected.shown ?? Number.POSITIVE_INFINITY));
      const problem = unexpected(result.exitCode, text, expected);
      if (problem !== null) throw new Error(`${words.map(quoted).join(' ')}: ${problem}`);
    },
  };
}

function abridged(text: string, shown: number): string {
  const lines = text.trimEnd().split('\n');
  const left = lines.length - shown - 1;
  if (left <= 1) return text;
  return `${[...lines.slice(0, shown), `… ${left} more lines`, lines.at(-1)].join('\n')}\n`;
}

function unexpected(exitCode: number, text: string, expected: Expected): string | null {
  if (exitCode !== expected.exitCode) return `exited with ${exitCode}, and ${expected.exitCode} was expected`;
  if (expected.silent === true && text !== '') return 'printed something, and silence was expected';
  const unsaid = (expected.says ?? []).find((part) => !text.includes(part));
  return unsaid === undefined ? null : `did not say "${unsaid}"`;
}

/** A word as one types it in a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
