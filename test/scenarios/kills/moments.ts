import { createHash } from 'node:crypto';

/** A moment at which a run of `fix` is ended, and how. */
export interface Moment {
  readonly name: string;
  readonly stage: boolean;
  readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT';
  /** The process alone, or its whole process group, as Ctrl-C and a supervisor do. */
  readonly group: boolean;
  /** Counted from the start of the run, or from the first change that it makes. */
  readonly phase: 'whole run' | 'writing';
  /** The share of the phase's measured length after which it is ended, from 0 to 1. */
  readonly share: number;
}

/** A signal that can be handled lets the writing come to its end, so that it has less to show there. */
const SIGNALS = {
  'whole run': ['SIGKILL', 'SIGTERM', 'SIGINT'],
  writing: ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGINT'],
} as const;

/**
 * Spreads moments evenly over both phases and over every way to end a run: three of five fall into the writing, which is
 * short and where everything is at stake. Each share is drawn at random from its own equal part of the phase.
 */
export function moments(count: number, seed: number): readonly Moment[] {
  const random = randomNumbers(seed);
  const phases = Array.from({ length: count }, (_, at): Moment['phase'] =>
    at % 5 < 3 ? 'writing' : 'whole run',
  );
  const seen: Record<Moment['phase'], number> = { writing: 0, 'whole run': 0 };
  return phases.map((phase, at): Moment => {
    const nth = seen[phase]++;
    const share = (nth + random()) / phases.filter((other) => other === phase).length;
    const signal = SIGNALS[phase][nth % SIGNALS[phase].length] ?? 'SIGKILL';
    const group = random() < 0.5;
    const stage = random() < 0.67;
    const whom = `${signal} to ${group ? 'the group' : 'the process'} of fix${stage ? ' --stage' : ''}`;
    const name = `${at + 1}: ${whom}, after ${Math.round(share * 100)} % of the ${phase}`;
    return { name, stage, signal, group, phase, share };
  });
}

/** The seed of this run, which `DBCHECK_FIX_SEED` repeats. */
export function seedOfRun(): number {
  return Number(process.env['DBCHECK_FIX_SEED'] ?? Date.now() % 1_000_000);
}

/** Numbers from 0 to 1 that a seed determines. */
function randomNumbers(seed: number): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUIntBE(0, 6) / 2 ** 48;
  };
}
