import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunResult } from '../../src/process/run.ts';
import type { TestRepository } from './repository.ts';

/** What git gives a hook. */
export interface HookContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Writes down what it was given, and then holds git until it is told with which code to end. */
const WAITING_HOOK = `
const fs = require('node:fs');
const dir = __dirname;
const pause = new Int32Array(new SharedArrayBuffer(4));
const parent = process.ppid;
fs.writeFileSync(dir + '/context.part', JSON.stringify({ cwd: process.cwd(), env: process.env }));
fs.renameSync(dir + '/context.part', dir + '/context');
while (!fs.existsSync(dir + '/answer') && process.ppid === parent) Atomics.wait(pause, 0, 0, 5);
process.exit(Number(fs.readFileSync(dir + '/answer', 'utf8')));
`;

/**
 * Runs a git command, and `work` while its hook is running: so a test sees what a hook sees, and can do what a hook
 * can do, in its own process.
 *
 * @param work gives the exit code of the hook; 0 if it gives nothing
 * @returns how the git command ended
 */
export async function duringHook(
  repository: TestRepository,
  args: readonly string[],
  work: (context: HookContext) => Promise<number | undefined>,
  options: { hook?: string; cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<RunResult> {
  const dir = await mkdtemp(join(repository.root, '..', 'hook-'));
  const answer = join(dir, 'answer.part');
  const context = join(dir, 'context');
  try {
    await writeFile(join(dir, 'hook.cjs'), WAITING_HOOK);
    const script = `#!/bin/sh\nexec '${process.execPath}' '${join(dir, 'hook.cjs')}'\n`;
    await repository.hook(options.hook ?? 'pre-commit', script);
    let ended = false;
    const command = repository.tryGit(args, options).finally(() => {
      ended = true;
    });
    while (!existsSync(context) && !ended) await sleep(5);
    if (!existsSync(context)) throw new Error(`no hook ran: ${(await command).stderr}`);
    let code = 1;
    try {
      code = (await work(JSON.parse(await readFile(context, 'utf8')))) ?? 0;
    } finally {
      await writeFile(answer, String(code));
      await rename(answer, join(dir, 'answer'));
      await command;
    }
    return await command;
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
