import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CheckError } from '../errors.ts';
import { encodePath } from '../git/path-bytes.ts';
import { hasCode } from '../git/write-target.ts';
import { inARow } from '../process/in-a-row.ts';
import { run } from '../process/run.ts';
import type { Workspace } from './step-result.ts';
import { type Modes, writeTree } from './tree-files.ts';

export interface CommandStepInput {
  /** A line for `sh`. */
  readonly command: string;
  /** What the command finds, by path relative to the git root. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Which of them are executable. */
  readonly modes: Modes;
  /** Paths relative to the git root that are links to the work tree, such as `node_modules`. */
  readonly links: readonly string[];
  /** The absolute top of the work tree. */
  readonly root: string;
  /** The folder that the command runs in, relative to the git root. */
  readonly dir: string;
  /** The files that the command has to make. */
  readonly outputs: readonly string[];
  readonly workspace: Workspace;
}

/** How much of what a command printed goes into an error. */
const TAIL_LINES = 20;

/**
 * Runs a command of the configuration in a scratch tree of its own and takes the files that it makes.
 *
 * @returns the outputs by path
 * @throws CheckError `command-failed` where it ends badly or leaves one of its outputs unmade, `link-taken` where something is
 * copied to the place of a link
 */
export async function runCommandStep(input: CommandStepInput): Promise<ReadonlyMap<string, Buffer>> {
  const { workspace } = input;
  const tree = join(workspace.dir, 'tree');
  await writeTree(tree, input.files, input.modes);
  await mkdir(join(tree, input.dir), { recursive: true });
  for (const link of input.links) {
    await mkdir(dirname(join(tree, link)), { recursive: true });
    await symlink(join(input.root, link), join(tree, link)).catch((error: unknown) => {
      throw hasCode(error, 'EEXIST') ? taken(link) : error;
    });
  }
  const result = await run('sh', ['-c', input.command], {
    cwd: join(tree, input.dir),
    env: workspace.env,
    signal: workspace.signal,
    ownGroup: true,
  });
  if (result.exitCode !== 0) {
    throw commandFailed(
      input.command,
      `ended with ${result.exitCode}`,
      tail(`${result.stdout}${result.stderr}`),
    );
  }
  // In order, so that the one that an error names is the same in each run.
  return new Map(
    await inARow(input.outputs, (path) => [path, readOutput(tree, path, input.command)] as const),
  );
}

/** The last lines of what a command printed. */
export function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

function readOutput(tree: string, path: string, command: string): Buffer {
  try {
    return readFileSync(Buffer.concat([Buffer.from(`${tree}/`), encodePath(path)]));
  } catch (cause) {
    throw commandFailed(command, `did not make ${path}`, '', cause);
  }
}

function commandFailed(command: string, what: string, output: string, cause?: unknown): CheckError {
  return new CheckError('command-failed', `\`${command}\` ${what}${output === '' ? '' : `\n${output}`}`, {
    hint: 'it runs in a copy of its inputs: name everything that it reads in `inputs`, and node_modules in `links`',
    cause,
  });
}

function taken(link: string): CheckError {
  return new CheckError(
    'link-taken',
    `\`steps.extract\` has files of ${link} both in \`inputs\` and in \`links\``,
    { hint: 'take it out of one of them' },
  );
}
