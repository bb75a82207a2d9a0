import { spawnSync } from 'node:child_process';
import { hrtime } from 'node:process';

/** One thing to be timed again and again. */
export interface Arm {
  /** Whatever has to be done before each run; not timed. */
  readonly prepare?: (round: number) => Promise<void> | void;
  readonly command: Command;
  /** Whatever has to be undone after each run; not timed. */
  readonly restore?: (round: number) => Promise<void> | void;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it has to end with: a run that does something else measures something else. */
  readonly exitCode: number;
}

/** Milliseconds of each run, in the order of the rounds. */
export type Samples = readonly number[];

/**
 * Times several things in turns, A B C, C B A, A B C, …: whatever else the machine does meanwhile, it does to all of them.
 * A first round warms caches and is not counted.
 *
 * @returns the samples of each arm
 * @throws Error where a command ends with another exit code than it should
 */
export async function interleave<Name extends string>(
  arms: Readonly<Record<Name, Arm>>,
  runs: number,
): Promise<Record<Name, Samples>> {
  const names = Object.keys(arms) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= runs; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const arm: Arm = arms[name];
      await arm.prepare?.(round);
      try {
        const elapsed = time(arm.command);
        if (round > 0) samples[name].push(elapsed);
      } finally {
        await arm.restore?.(round);
      }
    }
  }
  return samples;
}

/** Runs a command once. @returns milliseconds */
export function time(command: Command): number {
  const startedAt = hrtime.bigint();
  execute(command);
  return Number(hrtime.bigint() - startedAt) / 1e6;
}

/**
 * Runs a command to its end.
 *
 * @returns what it prints on stdout
 * @throws Error with its words where it ends with another exit code than it should
 */
export function execute({ file, args, cwd, env, exitCode }: Command): string {
  const result = spawnSync(file, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.error !== undefined) throw result.error;
  if (result.status === exitCode) return result.stdout;
  const call = [file, ...args].join(' ');
  throw new Error(
    `${call} ended with ${result.status ?? result.signal} in place of ${exitCode}\n${result.stdout}\n${result.stderr}`,
  );
}

export function median(samples: Samples): number {
  const sorted = samples.toSorted((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('there is no median of nothing');
  return (low + high) / 2;
}

/** What each round of one thing took beyond the same round of another. */
export function added(samples: Samples, base: Samples): Samples {
  return samples.map((sample, round) => sample - (base[round] ?? Number.NaN));
}
