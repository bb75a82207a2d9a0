import { CONCURRENCY } from './concurrency-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(CONCURRENCY);
