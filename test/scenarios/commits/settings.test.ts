import { playScenarios } from './play.ts';
import { SETTINGS } from './settings-scenarios.ts';

playScenarios(SETTINGS);
