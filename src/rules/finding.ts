import type { RuleId } from './catalogue.ts';

/** Where a finding points: a path relative to the git root; line and column count from 1 and are null where only the file is meant. */
export interface Location {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
}

export type Severity = 'error' | 'warning';

/**
 * What a rule says before findings are put in relation to each other.
 *
 * `target` is `dialect/database`, or the path of an sqlc configuration.
 */
export interface Observation {
  readonly rule: RuleId;
  readonly target: string;
  /** The claim, one sentence without a final stop. */
  readonly message: string;
  readonly location: Location;
  /** Why it is so, in words, without a final stop. */
  readonly cause: string;
  /** The object that it is about, as an ignore can name it: a table, `table.column`, or a query. */
  readonly name?: string;
  /** Unified diff hunks (no file header) from what the snapshot has to what the generator makes; null where no text differs. */
  readonly diff: string | null;
  /** The one command or action that mends it; null where only a person can know. */
  readonly fix: string | null;
}

interface Judged extends Omit<Observation, 'cause' | 'name'> {
  /** Twelve hex digits, the same for the same rule, target and place in every run. */
  readonly id: string;
  readonly severity: Severity;
}

/** A finding that stands for itself: `because` is its cause in words. */
export interface RootFinding extends Judged {
  readonly folded: false;
  readonly because: string;
}

/** A finding that follows from another: `because` is the other's id. */
export interface FoldedFinding extends Judged {
  readonly folded: true;
  readonly because: string;
}

export type Finding = RootFinding | FoldedFinding;
