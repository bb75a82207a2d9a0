import { PARTIAL_STAGING } from './partial-staging-scenarios.ts';
import { playScenarios } from './play.ts';

playScenarios(PARTIAL_STAGING);
