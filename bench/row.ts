import type { Bench } from './setting.ts';

/** What one row of the table came to. */
export type Outcome =
  | {
      readonly kind: 'measured';
      /** Medians of dbcheck and of what it is held against, in `unit`; null where there is nothing to hold it against. */
      readonly ours: number;
      readonly theirs: number | null;
      readonly unit: 'ms' | 'MB';
      /** What is held against the row's limit: a ratio, or megabytes. */
      readonly value: number;
      readonly runs: number;
      /** What was asked for besides the number and is not reached, in a word or two. */
      readonly missing?: string;
      /** Whatever else was seen, in a few words. */
      readonly note?: string;
    }
  /** What is to be measured is not there. */
  | { readonly kind: 'absent'; readonly why: string };

/** A row of the table. */
export interface Row {
  /** For `--only`, such as `hook-plain`. */
  readonly id: string;
  readonly what: string;
  readonly against: string;
  /** The most that `value` may be. */
  readonly limit: number;
  readonly unit: 'x' | 'MB';
  /** Where its time goes, and what it can't fall below as things are, for a row that misses or lacks something. */
  readonly floor?: string;
  /** How many rounds it takes by default. */
  readonly runs: number;
  measure(bench: Bench, runs: number): Promise<Outcome>;
}

/** A row's outcome from two medians. */
export function ratio(ours: number, theirs: number, runs: number, note?: string): Outcome {
  return {
    ...{ kind: 'measured', unit: 'ms', ours, theirs, runs },
    value: ours / theirs,
    ...(note === undefined ? {} : { note }),
  };
}
