import type { CheckError } from '../errors.ts';
import type { CheckedTarget, UncheckedTarget } from '../report/judgement.ts';
import type { Evidence } from '../verdict/evidence.ts';

/** What the rules judge by, and what could not be judged. */
export interface Gathered {
  readonly evidence: readonly Evidence[];
  readonly checked: readonly CheckedTarget[];
  readonly notChecked: readonly UncheckedTarget[];
  readonly errors: readonly CheckError[];
}
