import { KINDS_OF_CHANGE } from './kinds-of-change-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(KINDS_OF_CHANGE);
