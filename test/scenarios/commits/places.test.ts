import { PLACES } from './places-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(PLACES);
