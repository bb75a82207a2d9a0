import { INTERRUPTIONS } from './interruptions-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(INTERRUPTIONS);
