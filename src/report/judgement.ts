import type { Finding } from '../rules/finding.ts';

/** One target (a dialect and a database, or an sqlc configuration) that was judged. */
export interface CheckedTarget {
  readonly target: string;
  /** The steps that ran, in order. */
  readonly steps: readonly string[];
  /** How many output files were compared. */
  readonly outputs: number;
  /** What stood in for the dialect's own server, with its version, such as `MariaDB 10.11.6`. */
  readonly through?: string | null | undefined;
}

/** A target that was left out, and why. */
export interface UncheckedTarget {
  readonly target: string;
  readonly reason: string;
}

/** Why something could not be checked, as data. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly location: {
    readonly path: string;
    readonly line: number | null;
    readonly column: number | null;
  } | null;
  readonly hint: string | null;
}

/** Everything that a run says, whatever the format. */
export interface Judgement {
  readonly outcome: 'clean' | 'findings' | 'error';
  /** The tree under check: `id` is a hash of the index's listing, or the commit. */
  readonly snapshot: {
    readonly kind: 'index' | 'commit' | 'worktree';
    readonly id: string;
    readonly label: string;
  } | null;
  readonly checked: readonly CheckedTarget[];
  readonly notChecked: readonly UncheckedTarget[];
  /** What the configuration leaves out of the verdict: rules, steps, ignored places. */
  readonly switchedOff: readonly string[];
  readonly diagnostics: readonly Finding[];
  readonly errors: readonly ReportedError[];
}
