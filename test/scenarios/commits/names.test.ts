import { NAMES } from './names-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(NAMES);
