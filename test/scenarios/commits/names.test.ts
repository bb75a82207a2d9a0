import { playScenarios } from './play.ts';
import { NAMES } from './names-scenarios.ts';

playScenarios(NAMES);
