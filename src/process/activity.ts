import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';

/** A piece of work with the pieces that it waited for. */
export interface Span {
  readonly name: string;
  /** Milliseconds of a clock that only differences mean something of. */
  readonly startedAt: number;
  /** Null while it is at work. */
  readonly endedAt: number | null;
  readonly parts: readonly Span[];
}

/** How many steps a run has, and what became of them so far. */
export interface StepCount {
  /** 0 until they are laid out. */
  readonly planned: number;
  /** Taken from earlier runs. */
  readonly known: number;
  readonly made: number;
}

/** What a run is doing and has done, for whoever waits for it. */
export interface Activity {
  /** The run as a whole, with everything that `during` was told of. */
  readonly whole: Span;
  readonly steps: StepCount;
  /** Adds to the count of steps. */
  count(which: keyof StepCount, steps: number): void;
  /** Runs a piece of work and notes when it began and ended; what it calls in turn is a part of it. */
  during<T>(name: string, work: () => Promise<T>): Promise<T>;
}

interface OpenSpan {
  readonly name: string;
  readonly startedAt: number;
  endedAt: number | null;
  readonly parts: OpenSpan[];
}

/** Begins the record of a run. @param now the clock */
export function startActivity(name: string, now: () => number = () => performance.now()): Activity {
  const begin = (of: string): OpenSpan => ({ name: of, startedAt: now(), endedAt: null, parts: [] });
  const whole = begin(name);
  const current = new AsyncLocalStorage<OpenSpan>();
  const steps = { planned: 0, known: 0, made: 0 };
  return {
    whole,
    steps,
    count(which, more) {
      steps[which] += more;
    },
    during(of, work) {
      const span = begin(of);
      (current.getStore() ?? whole).parts.push(span);
      return current.run(span, async () => {
        try {
          return await work();
        } finally {
          span.endedAt = now();
        }
      });
    },
  };
}

/** The innermost pieces that are at work, in the order in which they began. */
export function atWork(span: Span): readonly Span[] {
  const open = span.parts.flatMap(atWork);
  if (open.length > 0 || span.endedAt !== null) return open;
  return [span];
}

/** A piece of work that whoever waits has waited for, with its length in milliseconds. */
export interface Waited {
  readonly name: string;
  readonly milliseconds: number;
  readonly parts: readonly Waited[];
}

/**
 * The chain of work that decided how long a span took: looked at from its end, each time the part that ended last before
 * the one after it began. What ran beside it would not have made the run any shorter.
 *
 * @param end when a span that is still at work counts as ended
 */
export function criticalPath(span: Span, end: number): Waited {
  const endOf = ({ endedAt }: Span): number => Math.min(endedAt ?? end, end);
  const chain: Waited[] = [];
  let before = endOf(span);
  const parts = span.parts.toSorted((left, right) => endOf(right) - endOf(left));
  for (const part of parts) {
    if (endOf(part) > before) continue;
    chain.unshift(criticalPath(part, end));
    before = part.startedAt;
  }
  return { name: span.name, milliseconds: endOf(span) - span.startedAt, parts: chain };
}
