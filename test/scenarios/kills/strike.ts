import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { leftovers } from '../../devdb/leftovers.ts';
import { CLI, copyOf, expectExit, PATHS, type Shop } from '../shop.ts';
import type { Moment } from './moments.ts';
import { type State, stateOf, temporaryFiles, tornParts } from './state.ts';

/** A shop in which `fix` has work to do, and what a run of it that nobody disturbs comes to. */
export interface StaleShop {
  readonly shop: Shop;
  readonly old: State;
  readonly runs: Readonly<Record<'stage' | 'plain', CleanRun>>;
}

interface CleanRun {
  readonly whole: State;
  /** Milliseconds. */
  readonly length: number;
  /** How many changes of the repository were seen. */
  readonly changes: number;
}

/** Where a run writes, in the order in which it does. */
const WATCHED = [
  '.git/objects',
  PATHS.store,
  PATHS.ordersMigrations,
  PATHS.stockMigrations,
  dirname(PATHS.ordersSchema),
  '.git',
];

/** Measures a run of each kind in copies of a shop. */
export async function measured(shop: Shop): Promise<StaleShop> {
  const run = async (stage: boolean): Promise<CleanRun> => {
    const copy = await copyOf(shop);
    try {
      const startedAt = performance.now();
      const child = start(copy, stage);
      const changes = await seeChanges(copy, child, Number.POSITIVE_INFINITY, 0);
      await ended(child);
      const length = performance.now() - startedAt;
      if (child.exitCode !== 0) throw new Error(`a run that nobody disturbs ended with ${child.exitCode}`);
      return { whole: await stateOf(copy), length, changes };
    } finally {
      await copy.remove();
    }
  };
  return { shop, old: await stateOf(shop), runs: { stage: await run(true), plain: await run(false) } };
}

/** How an ended run was found: before or after it had changed anything. */
export type Struck = 'nothing written' | 'partly written' | 'all written';

/** Ends a run at a moment, looks at what is left, and runs it again to its end. */
export async function strike({ shop, old, runs }: StaleShop, moment: Moment): Promise<Struck> {
  const copy = await copyOf(shop);
  try {
    const { whole, length, changes } = runs[moment.stage ? 'stage' : 'plain'];
    const child = start(copy, moment.stage);
    if (moment.phase === 'writing') await seeChanges(copy, child, 1 + moment.share * changes, length / 2);
    else await Promise.race([sleep(moment.share * length), ended(child)]);
    const pid = child.pid ?? 0;
    end(child, moment);
    await ended(child);
    // Before a program has set itself up, and once it has ended all but its process, a signal is the system's to handle.
    if (child.signalCode !== moment.signal) expect([0, 130]).toContain(child.exitCode);

    const now = await stateOf(copy);
    expect(tornParts(now, old, whole)).toEqual([]);
    const { exitCode, stdout, stderr } = await copy.dbcheck(fixArguments(moment.stage));
    expectExit({ exitCode, stdout, stderr }, 0);
    expect(await stateOf(copy)).toEqual(whole);
    expect(await temporaryFiles(copy)).toEqual([]);
    await expect.poll(() => leftovers(pid), { timeout: 20_000 }).toEqual([]);
    if (now.index === whole.index && sameDisk(now, whole)) return 'all written';
    return sameDisk(now, old) ? 'nothing written' : 'partly written';
  } finally {
    await copy.remove();
  }
}

function sameDisk(left: State, right: State): boolean {
  return (
    left.disk.size === right.disk.size &&
    [...left.disk].every(([path, text]) => right.disk.get(path) === text)
  );
}

function fixArguments(stage: boolean): string[] {
  return stage ? ['fix', '--stage'] : ['fix'];
}

function start(shop: Shop, stage: boolean): ChildProcess {
  return spawn(process.execPath, [CLI, ...fixArguments(stage)], {
    cwd: shop.root,
    env: shop.env,
    detached: true,
    stdio: 'ignore',
  });
}

function end(child: ChildProcess, { signal, group }: Moment): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(group ? -child.pid : child.pid, signal);
  } catch {
    // It has come to its end meanwhile.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/**
 * Waits until a run has changed the repository so many times: has stored an object, put a file beside an output, or
 * given it its name.
 *
 * @param quiet milliseconds in which a run changes nothing yet, so that there is no need to look all the time
 * @returns how many changes were seen, which is less where the run ended before
 */
async function seeChanges(shop: Shop, child: ChildProcess, wanted: number, quiet: number): Promise<number> {
  const folders = WATCHED.map((folder) => join(shop.root, folder));
  const look = () => folders.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join(' ');
  const startedAt = performance.now();
  let last = look();
  let seen = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const isQuiet = performance.now() - startedAt < quiet;
    await (isQuiet ? sleep(2) : new Promise((resolve) => setImmediate(resolve)));
    const now = look();
    if (now === last) continue;
    last = now;
    seen += 1;
    if (seen >= Math.floor(wanted)) return seen;
  }
  return seen;
}
