import { run } from '../../../src/process/run.ts';
import type { Shop } from '../shop.ts';

/** What a path holds after a command. */
export type Content =
  | string
  | Buffer
  /** It is gone. */
  | null
  /** Made of the text that it held before. */
  | ((before: string) => string)
  | { readonly link: string }
  /** The same bytes with this mode. */
  | { readonly mode: '100755' }
  /** As a revision has the path, or another one, and maybe edited. */
  | { readonly revision: string; readonly path?: string; readonly edit?: (text: string) => string }
  /** The commit that the repository at this path stands at. */
  | 'submodule HEAD';

/** Paths that differ from the state before the command; all others are exactly what they were. */
export type Changes = Readonly<Record<string, Content>>;

/** The columns of a row: what is true after a command. What is left out is as it was before. */
export interface Outcome {
  readonly exitCode: number;
  /** All findings and errors in order, as `ID PATH`; none where it is left out. */
  readonly findings?: readonly string[];
  /** Words of git, a hook runner or the guard that are printed besides. */
  readonly says?: string;
  /** What a new commit changes in HEAD's tree; where it is left out, HEAD stays. */
  readonly head?: Changes;
  readonly index?: Changes;
  readonly disk?: Changes;
  /** The messages of all stashes; none where it is left out. */
  readonly stash?: readonly string[];
  /** The lines of `git status --porcelain`; clean where it is left out. */
  readonly status?: readonly string[];
}

/** The work tree that a scenario is about. */
export interface Place {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly exitCode: number;
  /** Everything that was printed. */
  readonly output: string;
}

export interface Command {
  /** As one would type it. */
  readonly text: string;
  run(shop: Shop, place: Place): Promise<Ended>;
}

export interface Step extends Outcome {
  readonly command: Command;
  /** What else is true after the command. */
  readonly also?: (shop: Shop) => Promise<void>;
}

export interface Scenario {
  readonly number: number;
  readonly name: string;
  /** What `arrange` does, in words. */
  readonly given: string;
  /** @returns where the commands run and what is looked at, if it is not the shop itself */
  readonly arrange: (shop: Shop) => Promise<Partial<Place> | void>;
  readonly steps: readonly Step[];
  /** Where lint-staged, husky or git misbehaves, and what protects people from it. */
  readonly note?: string;
}

/** git, in the place or in a folder below it. */
export function git(args: string, call: { readonly below?: string; readonly input?: string } = {}): Command {
  const { below = '', input } = call;
  const typed = input === undefined ? '' : ` (answers: ${input.trim().split('\n').join(', ')})`;
  return {
    text: `${below === '' ? '' : `cd ${below}; `}git ${args}${typed}`,
    async run(shop, { root, env }) {
      const { exitCode, stdout, stderr } = await shop.tryGit(words(args), {
        ...{ cwd: `${root}/${below}`, env },
        ...(input === undefined ? {} : { input }),
      });
      return { exitCode, output: stdout.toString() + stderr };
    },
  };
}

/** The built dbcheck at a prompt. */
export function dbcheck(args: string): Command {
  return {
    text: `dbcheck ${args}`,
    async run(shop, { root, env }) {
      const { exitCode, stdout, stderr } = await shop.dbcheck(words(args), { cwd: root, env });
      return { exitCode, output: stdout + stderr };
    },
  };
}

/** A line of a POSIX shell. */
export function shell(line: string, text = line): Command {
  return {
    text,
    async run(shop, { root, env }) {
      const ended = await run('sh', ['-c', line], { cwd: root, env: { ...shop.env, ...env } });
      return { exitCode: ended.exitCode, output: ended.stdout.toString() + ended.stderr };
    },
  };
}

function words(line: string): readonly string[] {
  return line.split(' ');
}
