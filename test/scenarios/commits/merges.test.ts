import { MERGES } from './merges-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(MERGES);
