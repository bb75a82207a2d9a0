import type { Project } from '../config/project.ts';
import type { SqlcConfig } from '../config/sqlc-config.ts';
import type { StepGraph } from './steps.ts';

/** What decides whether a change has to do with a target. */
export interface Closure {
  readonly project: Project;
  readonly graph: StepGraph;
  /** The configuration file that HEAD has, which the snapshot may lack; null where everything was default. */
  readonly headConfigFile: string | null;
  /** The sqlc configurations as HEAD has them: their queries and outputs count as well. */
  readonly headConfigs: readonly SqlcConfig[];
}
