import type { RuleId } from './rules.ts';
import type { Severity } from './severity.ts';
import type { Sighting } from './sighting.ts';

/** What a rule says before findings are put in relation to each other. */
export interface Observation extends Sighting {
  readonly rule: RuleId;
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
