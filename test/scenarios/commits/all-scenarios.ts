import { COMMIT_MODES } from './commit-modes-scenarios.ts';
import { CONCURRENCY } from './concurrency-scenarios.ts';
import { INTERRUPTIONS } from './interruptions-scenarios.ts';
import { KINDS_OF_CHANGE } from './kinds-of-change-scenarios.ts';
import { MERGES } from './merges-scenarios.ts';
import { NAMES } from './names-scenarios.ts';
import { PARTIAL_STAGING } from './partial-staging-scenarios.ts';
import { PLACES } from './places-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { SETTINGS } from './settings-scenarios.ts';

/** The rows of docs/git-scenarios.md, in its order. */
export const ALL_SCENARIOS: readonly Scenario[] = [
  ...COMMIT_MODES,
  ...CONCURRENCY,
  ...INTERRUPTIONS,
  ...KINDS_OF_CHANGE,
  ...MERGES,
  ...NAMES,
  ...PARTIAL_STAGING,
  ...PLACES,
  ...SETTINGS,
].toSorted((left, right) => left.number - right.number);
