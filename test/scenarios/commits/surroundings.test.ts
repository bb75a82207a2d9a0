import { playScenarios } from './play.ts';
import { SURROUNDINGS } from './surroundings-scenarios.ts';

playScenarios(SURROUNDINGS);
