import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from '../shop.ts';
import type { Command } from './scenario.ts';

/** From the root of the repository: a program that says that it runs, and waits to be let go. */
export const HOLD = '../hold.cjs';
/** One that waits until the other is held, and then fails. */
export const FAIL_WHEN_HELD = `${HOLD} fail`;

const HOLD_PROGRAM = `
const fs = require('node:fs');
const here = (name) => __dirname + '/' + name;
const pause = new Int32Array(new SharedArrayBuffer(4));
const parent = process.ppid;
const fails = process.argv[2] === 'fail';
if (!fails) fs.writeFileSync(here('held'), String(process.pid));
while (!fs.existsSync(here(fails ? 'held' : 'let-go')) && process.ppid === parent) Atomics.wait(pause, 0, 0, 5);
process.exit(fails ? 1 : 0);
`;

export async function writeHold(shop: Shop): Promise<void> {
  await writeFile(join(shop.root, HOLD), HOLD_PROGRAM);
}

/** A line of git in whose hook nothing is held. */
export function notHeld(line: string): Command {
  return {
    text: line,
    async run(shop, { root, env }) {
      await letGo(shop);
      const { exitCode, stdout, stderr } = await shop.tryGit(line.split(' ').slice(1), { cwd: root, env });
      return { exitCode, output: stdout.toString() + stderr };
    },
  };
}

/** A line of git that ends while something in its hook is still held, which is let go then. */
export function outlived(line: string): Command {
  return {
    text: line,
    async run(shop, { root, env }) {
      const { exitCode, stdout, stderr } = await shop.tryGit(line.split(' ').slice(1), { cwd: root, env });
      const pid = Number(await readFile(join(shop.root, '../held'), 'utf8'));
      await letGo(shop);
      await untilGone(pid);
      return { exitCode, output: stdout.toString() + stderr };
    },
  };
}

/** A line of git that gets a signal, with all that it has started, while its hook is held. */
export function interrupted(line: string, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Command {
  return {
    text: `${line} (${signal})`,
    async run(shop, { root, env }) {
      await rm(join(shop.root, '../held'), { force: true });
      const [program = '', ...args] = line.split(' ');
      const stdio = ['ignore', 'pipe', 'pipe'] as const;
      // At the head of a process group of its own, as a shell does for a terminal.
      const child = spawn(program, args, {
        ...{ cwd: root, env: { ...shop.env, ...env }, detached: true },
        stdio: [...stdio],
      });
      const said = Promise.all([text(child.stdout), text(child.stderr)]);
      const exit = once(child, 'exit');
      const group = -(child.pid ?? 0);
      while (!existsSync(join(shop.root, '../held')) && child.exitCode === null) await sleep(5);
      process.kill(group, signal);
      const [code, by]: (number | NodeJS.Signals | null)[] = await exit;
      await untilGone(group);
      const exitCode = typeof by === 'string' ? 128 + constants.signals[by] : Number(code);
      return { exitCode, output: (await said).join('') };
    },
  };
}

async function letGo(shop: Shop): Promise<void> {
  await writeFile(join(shop.root, '../let-go'), '');
}

/** Waits for the end of a process, or of all of a group. */
async function untilGone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0);
      await sleep(5);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
