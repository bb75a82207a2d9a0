import { COMMIT_MODES } from './commit-modes-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(COMMIT_MODES);
